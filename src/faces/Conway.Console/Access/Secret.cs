using System.Buffers.Text;
using System.Security.Cryptography;

namespace Conway.Console.Access;

/// <summary>Makes words that nobody can guess.</summary>
internal static class Secret
{
    /// <summary>256 bits from the system's generator, in letters that need no escaping in an address.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
