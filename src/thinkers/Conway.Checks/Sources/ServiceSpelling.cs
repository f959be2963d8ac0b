using Conway.Model;

namespace Conway.Checks.Sources;

/// <summary>A service under the name that somebody else wrote: <c>catalogapi</c>, <c>catalog.api</c> and <c>Catalog_API</c> are <c>catalog-api</c>.</summary>
internal static class ServiceSpelling
{
    /// <summary>The service of these letters and digits, however its words are parted; null when there is none.</summary>
    public static string? Of(SystemModel model, string written)
    {
        var bare = Bare(written);
        return bare.Length == 0 ? null : model.Services.Keys.FirstOrDefault(s => Bare(s).Equals(bare, StringComparison.OrdinalIgnoreCase));
    }

    private static string Bare(string name) => string.Concat(name.Where(char.IsLetterOrDigit));
}
