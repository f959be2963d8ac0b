using System.Security.Cryptography;
using System.Text.Json;

namespace Conway.CodeFacts.Bench;

/// <summary>One line that tells whether two runs gave the same facts: an optimisation must not change it.</summary>
internal static class FactsHash
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    /// <param name="dump">Folder in which the facts are written down, one file a table, so that two runs can be compared; null for none.</param>
    public static string Of(Codebase code, string? dump)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in typeof(Codebase).GetProperties().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(table.GetValue(code), table.PropertyType, Options);
            hash.AppendData(bytes);
            if (dump is not null)
            {
                Directory.CreateDirectory(Path.Combine(dump, code.Name));
                File.WriteAllBytes(Path.Combine(dump, code.Name, table.Name + ".json"), bytes);
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset())[..32];
    }
}
