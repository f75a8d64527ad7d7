// Copies what a browser needs of the Studio package to dist/package: the compressed neighbour of every file, and the few files that have none.
// Raw copies of compressed files, source maps and the login pictures stay behind (93 MB become about 28); the server unpacks .gz for the rare
// client that accepts neither brotli nor gzip.
import { createRequire } from 'node:module';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const source = dirname(createRequire(import.meta.url).resolve('@elsa-workflows/elsa-studio-wasm/package.json'));
const target = join(here, 'dist', 'package');
const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
const wanted = /^(_framework|_content)\/|^Elsa\.Studio\.Host\.CustomElements\.styles\.css|^appsettings\.json/;
const unwanted = /\.map(\.br|\.gz)?$|\/login_background_|\.scss$/;

rmSync(target, { recursive: true, force: true });
let bytes = 0;
for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name);
  const name = relative(source, path).replaceAll('\\', '/');
  if (!wanted.test(name) || unwanted.test(name)) continue;
  if (existsSync(`${path}.gz`) && existsSync(`${path}.br`)) continue;
  mkdirSync(dirname(join(target, name)), { recursive: true });
  cpSync(path, join(target, name));
  bytes += statSync(path).size;
}
writeFileSync(join(target, 'version.txt'), version);
cpSync(join(here, 'page.html'), join(here, 'dist', 'host', 'page.html'));
console.log(`studio ${version}: ${(bytes / 1048576).toFixed(1)} MB`);
