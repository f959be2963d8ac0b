namespace Conway.Reader.Tests;

/// <summary>Texts in the repository that are drawn from the source.</summary>
internal static class Generated
{
    /// <summary>The file holds the text; when texts are accepted, it is made to.</summary>
    public static void Matches(string path, string text)
    {
        if (Repository.Accepts)
        {
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == text, $"{Path.GetRelativePath(Repository.Root, path)} is out of date; write it anew with: ./test --accept Reader");
    }
}
