using System.IO.Compression;
using System.Text.Unicode;

namespace PowerWorkflow.Server.Files;

/// <summary>What a file is, judged by its content; its name and what the browser says about it are not believed.</summary>
public static class FileType
{
    private const int TextProbe = 64 * 1024;

    /// <summary>The content type of an accepted file, or null for anything else.</summary>
    public static string? Sniff(Stream content, string name)
    {
        Span<byte> head = stackalloc byte[16];
        content.Position = 0;
        head = head[..content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return head switch
        {
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => "application/pdf",
            [(byte)'P', (byte)'K', 3, 4, ..] => Package(content),
            [] => null,
            _ => Text(content) ? name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? "text/csv" : "text/plain" : null,
        };
    }

    private static string? Package(Stream content)
    {
        try
        {
            content.Position = 0;
            using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            var names = zip.Entries.Select(e => e.FullName).ToHashSet(StringComparer.Ordinal);
            // A document with macros is a program; the office formats without them are accepted.
            if (names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            {
                return null;
            }

            return names switch
            {
                _ when names.Contains("OFD.xml") => "application/ofd",
                _ when names.Contains("xl/workbook.xml") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                _ when names.Contains("word/document.xml") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                _ => null,
            };
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>UTF-8 or GB18030 as office programs in China write it, without control characters. Only the beginning is read.</summary>
    private static bool Text(Stream content)
    {
        content.Position = 0;
        var buffer = new byte[TextProbe];
        var length = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var probe = buffer.AsSpan(0, length);
        if (probe.ContainsAnyInRange((byte)0, (byte)8) || probe.ContainsAnyInRange((byte)0x0E, (byte)0x1A) || probe.Contains((byte)0x7F))
        {
            return false;
        }

        return IsUtf8(probe) || LooksLikeGb18030(probe);
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        // The probe may cut the last character in two: up to three bytes at the end are forgiven.
        for (var cut = 0; cut <= 3 && cut <= bytes.Length; cut++)
        {
            if (Utf8.IsValid(bytes[..^cut]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool LooksLikeGb18030(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
            {
                continue;
            }

            if (bytes[i] is 0x80 or 0xFF || (i + 1 < bytes.Length && bytes[i + 1] is not (>= 0x40 and <= 0xFE or >= 0x30 and <= 0x39)))
            {
                return false;
            }

            i++;
        }

        return true;
    }
}
