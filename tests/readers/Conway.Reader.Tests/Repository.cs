namespace Conway.Reader.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root => RepositoryFolder.Root;

    /// <summary>Generated texts are rewritten instead of compared: <c>./test --accept Reader</c>.</summary>
    public static bool Accepts => Environment.GetEnvironmentVariable("CONWAY_ACCEPT") == "1";

    /// <summary>Seeded tests run as long as they can: <c>./test --long Reader</c>.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable("CONWAY_TEST_LONG") == "1" || Environment.GetEnvironmentVariable("CONWAY_LONG") == "1";

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);
}
