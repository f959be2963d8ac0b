using System.Text.RegularExpressions;

namespace Conway.House;

public sealed partial class NameTests
{
    private static readonly string[] Pages =
    [
        "ARCHITECTURE.md", "README.md", "CONTRIBUTING.md", "docs/reference/glossary.md",
        .. Room.All.Select(r => r.Folder + "/README.md").Where(Tree.Exists),
        .. Tree.Files.Where(f => f.StartsWith("docs/concepts/", StringComparison.Ordinal)),
    ];

    /// <summary>Every word of the code, and every file and folder name: what a reader can search for.</summary>
    private static readonly HashSet<string> Known =
    [
        .. from file in Tree.Files
           where (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".ts", StringComparison.Ordinal) || file.EndsWith(".tsx", StringComparison.Ordinal) || file.EndsWith(".props", StringComparison.Ordinal))
               && !file.Contains("House.Tests", StringComparison.Ordinal)
           from Match word in Word().Matches(Tree.Read(file))
           select word.Value,
        .. Tree.Files.SelectMany(f => f.Split('/')).SelectMany(part => new[] { part, Path.GetFileNameWithoutExtension(part) }),
    ];

    [Fact]
    public void Every_code_name_that_the_pages_use_exists() =>
        Said.Nothing(from page in Pages
                     from name in Names(Tree.Read(page))
                     where !name.Split('.').All(Known.Contains) && !Known.Contains(name)
                     select $"{page}: `{name}` is nowhere in the code. A page that names what is gone sends people searching.");

    [Fact]
    public void Every_conway_folder_and_script_that_the_pages_name_exists() =>
        Said.Nothing(from page in Pages
                     from Match path in PathInCode().Matches(Tree.Read(page))
                     where !Tree.Exists(path.Groups[1].Value) && !path.Groups[1].Value.Contains("xxxx", StringComparison.Ordinal)
                     select $"{page}: `{path.Groups[1].Value}` does not exist.");

    [Theory]
    [InlineData("see `RouteTable` and `Conway.Gateway`, `PORT`, `lower`, `two words`, `x.y`", "RouteTable")]
    public void Only_what_looks_like_a_type_is_looked_up(string text, string name) => Assert.Equal([name, "Conway.Gateway"], Names(text));

    private static IEnumerable<string> Names(string text) => TypeInCode().Matches(Fence().Replace(text, "")).Select(m => m.Groups[1].Value).Distinct();

    [GeneratedRegex(@"`((?:[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\.[A-Z][A-Za-z0-9]*)*)(?:<[^`]*>)?`")]
    private static partial Regex TypeInCode();

    [GeneratedRegex(@"`((?:src|tests|eng|docs|samples|benchmarks)/[A-Za-z0-9_./-]*)`")]
    private static partial Regex PathInCode();

    [GeneratedRegex(@"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Z][A-Za-z0-9_]*)*")]
    private static partial Regex Word();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
