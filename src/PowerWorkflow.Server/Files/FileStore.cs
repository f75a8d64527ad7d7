using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PowerWorkflow.Server.Files;

/// <summary>
/// Bytes on disk, addressed by their SHA-256. A file is staged under a random name, hashed while it is written, forced to disk and only then moved to its
/// place: a name in the store always has all its bytes, also after a power cut.
/// </summary>
public sealed class FileStore(string root)
{
    /// <summary>50 MB.</summary>
    public const long MaxBytes = 50 * 1024 * 1024;

    private readonly string staging = Path.Combine(root, "staging");

    /// <summary>A file that is staged and not yet kept; disposing it without <see cref="Keep"/> removes it.</summary>
    public sealed class Staged(FileStore store, string path, long size, string sha256) : IDisposable
    {
        public long Size => size;

        /// <summary>Lower-case hex.</summary>
        public string Sha256 => sha256;

        public FileStream OpenRead() => File.OpenRead(path);

        /// <summary>Moves the file to its place; the same bytes sent twice are kept once.</summary>
        public void Keep()
        {
            var place = store.PlaceOf(sha256);
            var folder = Path.GetDirectoryName(place)!; // never a root
            Directory.CreateDirectory(folder);
            File.Move(path, place, overwrite: true);
            FlushFolder(folder);
        }

        public void Dispose() => File.Delete(path);
    }

    /// <summary>Writes the stream to the staging folder.</summary>
    /// <returns>Null when it is longer than <see cref="MaxBytes"/>.</returns>
    public async Task<Staged?> Stage(Stream content, CancellationToken ct)
    {
        Directory.CreateDirectory(staging);
        var path = Path.Combine(staging, Guid.NewGuid().ToString("N"));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        long size = 0;
        try
        {
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous))
            {
                int read;
                while ((read = await content.ReadAsync(buffer, ct)) > 0)
                {
                    size += read;
                    if (size > MaxBytes)
                    {
                        break;
                    }

                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), ct);
                }

                file.Flush(flushToDisk: true);
            }

            if (size <= MaxBytes)
            {
                return new Staged(this, path, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
            }

            File.Delete(path);
            return null;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <exception cref="FileNotFoundException">The store has lost the file: the database names it and the disk does not have it.</exception>
    public FileStream Open(string sha256) => new(PlaceOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous);

    private string PlaceOf(string sha256) => Path.Combine(root, sha256[..2], sha256[2..4], sha256);

    /// <summary>On Linux the move itself is only durable once the folder is flushed; .NET has no call for it.</summary>
    private static void FlushFolder(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var handle = open(folder, 0);
        if (handle >= 0)
        {
            _ = fsync(handle);
            _ = close(handle);
        }
    }

#pragma warning disable IDE1006, SYSLIB1054, CA2101 // names and shapes of the C library
    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int handle);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int handle);
#pragma warning restore IDE1006, SYSLIB1054, CA2101
}
