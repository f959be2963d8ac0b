using System.Text;

namespace Conway.Reader.Tests;

/// <summary>Breaks the sample in seeded ways: reading never throws, every finding has a place inside its file, and reading again says the same.</summary>
public sealed class MutationTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ":", ": ", ", ", "- ", "\n", "\n  ", "\t", "\"", "'", "#", "&a ", "*a", "!x ", "| ", "> ", "? ", "---\n", "...\n", "%YAML 1.3\n", "${env:X}", "${x", "${secret:y}",
        "\0", "\r", "\uFEFF", "\u2028", "é", "\ud83d", "<<: *a", "null", "~", "yes", "0o9", "99999999999999999999", "-1", "1e999", ".nan", "300", "\\", "@", "`", "  ", "<<<<<<< a\n", "=======\n",
    ];

    private static readonly string[] Samples = [.. new[] { "conway.yaml" }.Concat(Directory.EnumerateFiles(Repository.Path("samples", "shop"), "*.yaml").Concat(Services()).Select(f => Path.GetRelativePath(Repository.Path("samples", "shop"), f).Replace('\\', '/'))).Distinct()];

    private static readonly Dictionary<string, string> Texts = Samples.ToDictionary(f => f, f => File.ReadAllText(Repository.Path("samples", "shop", f)));

    private static readonly KeyValuePair<string, string>[] Projects =
        [.. new[] { "Catalog", "Basket", "Orders", "Payments", "Inventory", "Storefront", "shipping" }.Select(p => KeyValuePair.Create($"src/{p}/{p}.csproj", ""))];

    [Fact]
    public void Twenty_thousand_mutations_of_the_sample_raise_no_exception() => Run(1, Repository.IsLong ? 1_000_000 : 20_000);

    private static void Run(int seed, int count)
    {
        Assert.NotEmpty(Texts);
        var codes = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = TestContext.Current.CancellationToken }, i =>
        {
            var random = new Random(unchecked((seed * 1_000_003) + i));
            var file = Samples[random.Next(Samples.Length)];
            var text = Mutated(Texts[file], random);
            try
            {
                var read = Reading(file, text, isAlone: i % 8 != 0);
                foreach (var finding in read.Findings)
                {
                    codes.AddOrUpdate(finding.Code, 1, (_, n) => n + 1);
                    AssertPlaced(finding, read);
                }

                if (i % 64 == 0)
                {
                    Assert.Equal(read.Findings, Reading(file, text, isAlone: false).Findings);
                }
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Mutation {i} of seed {seed}, in {file}:\n{text}", e);
            }
        });

        // Mutations that break nothing prove nothing.
        Assert.True(codes.Count >= 25, string.Join(' ', codes.Keys.Order()));
        TestContext.Current.TestOutputHelper?.WriteLine($"{count} mutations: " + string.Join(", ", codes.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}")));
    }

    private static void AssertPlaced(Findings.Finding finding, ReadResult read)
    {
        if (finding.Place is not { } place)
        {
            return;
        }

        var line = Assert.IsType<string>(finding.SourceLine);
        Assert.InRange(place.Column, 1, line.Length + 1);
        Assert.InRange(place.Length, 1, Math.Max(1, line.Length - place.Column + 1));
        Assert.False(string.IsNullOrWhiteSpace(finding.Message));
        Assert.False(string.IsNullOrWhiteSpace(finding.Mend));
        Assert.True(read.Map.Texts.ContainsKey(place.File));
    }

    /// <summary>Alone is quicker, and most mistakes do not care for the other files.</summary>
    private static ReadResult Reading(string file, string text, bool isAlone)
    {
        var files = isAlone ? [KeyValuePair.Create(file, text)] : Texts.Select(t => KeyValuePair.Create(t.Key, t.Key == file ? text : t.Value));
        return ModelReader.Read(new MemoryFileTree(files.Concat(Projects)), isAlone ? file : "conway.yaml", new ReadOptions());
    }

    private static string Mutated(string text, Random random)
    {
        var mutated = new StringBuilder(text);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(mutated.Length + 1);
            var length = Math.Min(random.Next(1, 30), mutated.Length - at);
            switch (random.Next(7))
            {
                case 0:
                    mutated.Remove(at, Math.Min(length, 3));
                    break;
                case 1:
                    mutated.Remove(at, length);
                    break;
                case 2 or 3:
                    mutated.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 4:
                    mutated.Insert(random.Next(mutated.Length + 1), mutated.ToString(at, length));
                    break;
                case 5 when length > 0:
                    mutated[at] = (char)random.Next(1, 0x180);
                    break;
                default:
                    var lines = mutated.ToString().Split('\n').ToList();
                    var (from, to) = (random.Next(lines.Count), random.Next(lines.Count));
                    (lines[from], lines[to]) = (lines[to], new string(' ', random.Next(5)) + lines[from]);
                    mutated.Clear().AppendJoin('\n', lines);
                    break;
            }
        }

        return mutated.ToString();
    }

    private static IEnumerable<string> Services() =>
        Directory.Exists(Repository.Path("samples", "shop", "services")) ? Directory.EnumerateFiles(Repository.Path("samples", "shop", "services"), "*.yaml") : [];
}
