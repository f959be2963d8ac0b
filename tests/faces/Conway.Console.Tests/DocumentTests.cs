using System.Text.Json;
using System.Text.RegularExpressions;

namespace Conway.Console.Tests;

public sealed partial class DocumentTests
{
    /// <summary>With CONWAY_WRITE=1 the file is written anew instead.</summary>
    [Fact]
    public async Task The_document_in_the_repository_is_the_one_that_is_served()
    {
        var file = Path.Combine(RepositoryFolder.Root, "src/faces/Conway.Console/ClientApp/openapi.json");
        var served = await ServedAsync();
        if (Environment.GetEnvironmentVariable("CONWAY_WRITE") == "1")
        {
            await File.WriteAllTextAsync(file, served, TestContext.Current.CancellationToken);
        }

        Assert.True(
            File.Exists(file) && await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) == served,
            "ClientApp/openapi.json is not what the API says of itself. Run the test once with CONWAY_WRITE=1, then 'npm run types' in ClientApp, and commit both.");
    }

    [Fact]
    public async Task Every_address_of_the_reference_is_in_the_document_and_the_other_way_round()
    {
        using var document = JsonDocument.Parse(await ServedAsync());
        var served = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name["/api/v1".Length..]}")).Order(StringComparer.Ordinal);
        var text = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Root, "docs/reference/node-api.md"), TestContext.Current.CancellationToken);
        var written = Written().Matches(text).SelectMany(match => Short(text, match)).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(written.Where(one => !one.EndsWith("openapi.json", StringComparison.Ordinal)), served);
    }

    /// <summary>`POST /api/v1/services/{name}/start`, `/stop`, `/restart` names three.</summary>
    private static IEnumerable<string> Short(string text, Match match)
    {
        var (method, path) = (match.Groups[1].Value, match.Groups[2].Value);
        yield return $"{method} {path}";
        var rest = text[(match.Index + match.Length)..];
        foreach (Match more in Further().Match(rest) is { Success: true, Index: 0 } list ? Further().Matches(list.Value) : Further().Matches(""))
        {
            foreach (Match one in Sibling().Matches(more.Value))
            {
                yield return $"{method} {path[..path.LastIndexOf('/')]}{one.Groups[1].Value}";
            }
        }
    }

    private static async Task<string> ServedAsync()
    {
        await using var console = await RunningConsole.StartAsync();
        return (await console.Program.GetStringAsync("/api/v1/openapi.json", TestContext.Current.CancellationToken)).ReplaceLineEndings("\n") + "\n";
    }

    [GeneratedRegex(@"`(GET|POST) /api/v1(/[^`?]*)[^`]*`")]
    private static partial Regex Written();

    [GeneratedRegex(@"(, `/[a-z]+`)+")]
    private static partial Regex Further();

    [GeneratedRegex(@"`(/[a-z]+)`")]
    private static partial Regex Sibling();
}
