using System.Text.Json;
using Conway.Artifacts.Plans;
using Conway.Artifacts.Yaml;

namespace Conway.Artifacts.Tests;

/// <summary>What generated text is made of.</summary>
public sealed class TextTests
{
    private static readonly string[] Nasty =
    [
        "", " ", "a", "yes", "No", "null", "~", "1", "1.0", "1e3", "0x1F", "0o17", "12:30:45", "2020-01-01", "-", "- a", "a: b", "a #b", "#a", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a`",
        "{a}", "[a]", "a,b", "'a'", "\"a\"", "a\\b", "a\nb", "a\tb", "a\r\nb", "\0", "\u0085", "\u2028", "\ufeff", "\u00a0", "\u202ex", "日本語", "😀", "a ", " a", "=", "<<", "---", "...", "a:", ":a", "$HOME", "${x}", "y", "on", "true", "TRUE", ".inf", ".nan", "a  b", "/a/b.c", "a (b)", "ein Wort, noch eins", "250m", "64Mi", "1s", "0s", "a\n", "1m\n",
    ];

    [Fact]
    public async Task Any_text_comes_back_from_yaml_as_it_was_as_key_and_as_value()
    {
        var map = new YamlMap { Origin = new Origin("", ArtifactRules.Declared) };
        foreach (var text in Nasty)
        {
            map.Set(text, new YamlMap().Set("text", text).Set("list", new YamlList(text, new YamlMap().Set("in", text), new YamlMap(), new YamlList())));
        }

        var yaml = string.Join('\n', YamlWriter.Write([map, new YamlMap { Origin = map.Origin }.Set("second", 1)]).Select(line => line.Text)) + "\n";
        var read = await NpmClient.ExecuteAsync("node", ["yaml.js"], await NpmClient.FolderAsync("deploy"), TimeSpan.FromMinutes(2), JsonSerializer.Serialize(new[] { yaml }));
        Assert.True(read.Code == 0, read.Said);
        using var json = JsonDocument.Parse(read.Output);
        var documents = json.RootElement[0];
        Assert.Equal(2, documents.GetArrayLength());
        Assert.Equal(1, documents[1].GetProperty("second").GetInt32());
        var back = documents[0].EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
        Assert.Equal(Nasty.Length, back.Count);
        Assert.All(Nasty, text =>
        {
            var value = back[text];
            Assert.Equal(text, value.GetProperty("text").GetString());
            Assert.Equal($"[{JsonSerializer.Serialize(text)},{{\"in\":{JsonSerializer.Serialize(text)}}},{{}},[]]", JsonSerializer.Serialize(value.GetProperty("list")));
        });
    }

    [Fact]
    public async Task A_diff_is_one_that_git_applies()
    {
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            string Text() => string.Concat(Enumerable.Range(0, random.Next(0, 60)).Select(_ => $"line {random.Next(0, 12)}\n")) + (seed % 4 == 3 ? "open end" : "");
            var (then, now) = (Text(), Text());
            var file = Path.Combine(folder.Path, "file");
            await File.WriteAllTextAsync(file, then, TestContext.Current.CancellationToken);
            var diff = TextDiff.Unified("a/file", then, "b/file", now);
            Assert.Equal(then == now, diff.Length == 0);
            if (diff.Length > 0)
            {
                var applied = await NpmClient.ExecuteAsync("git", ["apply", "--whitespace=nowarn", "--unidiff-zero", "-"], folder.Path, TimeSpan.FromMinutes(1), diff);
                Assert.True(applied.Code == 0, $"seed {seed}: {applied.Said}\n{diff}");
            }

            Assert.Equal(now, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("node server.js", "node|server.js")]
    [InlineData("  node  \"a b.js\" 'c d' ", "node|a b.js|c d")]
    [InlineData("node '' x", "node||x")]
    [InlineData("node 'a$b'", "node|a$b")]
    [InlineData("node \"a$b\"", "/bin/sh|-c|exec node \"a$b\"")]
    [InlineData("a && b", "/bin/sh|-c|exec a && b")]
    [InlineData("X=1 node a", "/bin/sh|-c|exec X=1 node a")]
    [InlineData("node 'open", "/bin/sh|-c|exec node 'open")]
    public void A_command_is_words_where_no_shell_is_needed(string command, string words) => Assert.Equal(words, string.Join('|', CommandWords.Of(command)));

    [Fact]
    public void Names_are_dns_labels_that_fit_and_stay_apart()
    {
        var long63 = new string('a', 63);
        var names = new[] { "orders", "orders-", "orders--", long63, new string('a', 62) + "-", new string('a', 62) + "b" };
        Assert.All(names, name => Assert.Matches("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", ObjectNames.Label(name)));
        Assert.All(names, name => Assert.Matches("^[a-z]([a-z0-9-]{0,50}[a-z0-9])?$", ObjectNames.Label(name, 52)));
        Assert.All(names, name => Assert.Matches("^[a-z][a-z0-9-]{0,53}-headless$", ObjectNames.Derived(name, "-headless", _ => false)));
        Assert.Equal(names.Length, names.Select(name => ObjectNames.Label(name)).Distinct().Count());
        Assert.Equal(names.Length, names.Select(name => ObjectNames.Derived(name, "-headless", _ => false)).Distinct().Count());
        Assert.Equal("orders-headless", ObjectNames.Derived("orders", "-headless", _ => false));
        Assert.NotEqual("orders-headless", ObjectNames.Derived("orders", "-headless", name => name == "orders-headless"));
    }

    [Fact]
    public void Every_rule_has_an_id_of_its_own_and_a_reason_of_one_sentence()
    {
        Assert.True(ArtifactRules.All.Count > 20);
        Assert.Equal(ArtifactRules.All.Count, ArtifactRules.All.Select(rule => rule.Id).Distinct().Count());
        Assert.All(ArtifactRules.All, rule => Assert.Matches("^[a-z]+/[a-z-]+$", rule.Id));
        Assert.All(ArtifactRules.All, rule => Assert.Matches("^[A-Z].*[A-Za-z0-9]\\.$", rule.Reason));
    }
}
