using System.Security.Cryptography;

namespace Outfitter.Services;

/// <summary>PBKDF2 with SHA-256: <c>ITERATIONS.SALT.HASH</c>.</summary>
public static class PasswordHasher
{
    private const int Iterations = 100_000;
    private const int Bytes = 32;

    // What is compared when there is no such account, so that the answer takes as long.
    private static readonly string Nobody = Hash("");

    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return $"{Iterations}.{Convert.ToBase64String(salt)}.{Convert.ToBase64String(Derive(password, salt, Iterations))}";
    }

    /// <param name="hash">Unset when there is no account; then nothing fits.</param>
    public static bool Verify(string password, string? hash)
    {
        var parts = (hash ?? Nobody).Split('.');
        var fits = CryptographicOperations.FixedTimeEquals(Derive(password, Convert.FromBase64String(parts[1]), int.Parse(parts[0])), Convert.FromBase64String(parts[2]));
        return fits && hash is not null;
    }

    private static byte[] Derive(string password, byte[] salt, int iterations) => Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, Bytes);
}
