using System.Text;

namespace Conway.Service;

/// <summary>A secret that lies in a file, as a cluster mounts it.</summary>
internal static class SecretFile
{
    private const int BytesMax = 1024 * 1024; // the most that a Secret of Kubernetes holds

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What the file holds, without one line end at its end: editors and <c>echo</c> write one that nobody means.</summary>
    /// <param name="variable">That named the file, for messages.</param>
    /// <exception cref="InvalidOperationException">It is missing, may not be read, is empty, longer than 1 MiB or not UTF-8. The message has nothing of its content.</exception>
    public static string Read(string variable, string path)
    {
        byte[] bytes;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var held = new byte[BytesMax + 1];
            bytes = held[..file.ReadAtLeast(held, held.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidOperationException($"{variable} names the file '{path}', which cannot be read. Mount the secret there, and let this process read it.", e);
        }

        if (bytes.Length > BytesMax)
            throw new InvalidOperationException($"{variable} names the file '{path}', which is longer than 1 MiB and so no secret.");

        string text;
        try
        {
            text = Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            // Without the cause: its message quotes bytes of the secret.
            throw new InvalidOperationException($"{variable} names the file '{path}', which is not UTF-8.");
        }

        var value = text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
        return value.Length > 0 ? value : throw new InvalidOperationException($"{variable} names the file '{path}', which is empty.");
    }
}
