using System.Globalization;
using System.Security.Cryptography;

namespace Conway.Node;

/// <summary>Ids of runs: <c>r-20261121-221530-4f2a</c>. They sort by time, and two runs in one second differ.</summary>
internal static class RunId
{
    public static string New(TimeProvider clock) =>
        string.Create(CultureInfo.InvariantCulture, $"r-{clock.GetUtcNow():yyyyMMdd-HHmmss}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(2))}");
}
