using System.Globalization;
using Conway.Decomposition.Bench;
using Conway.Decomposition.Sharing;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var words = new Queue<string>(args);
var verb = words.TryDequeue(out var first) ? first : "help";
string? systems = null, truths = Path.Combine(AppContext.BaseDirectory, "truth"), cache = null;
string[] only = [], without = [];
var (modules, types) = (8, 20);
var (baselines, loo, anonymous, sighted, verbose) = (false, false, false, false, false);
var paths = new List<(string Folder, string Truth)>();
while (words.TryDequeue(out var word))
{
    switch (word)
    {
        case "--systems": systems = Next(); break;
        case "--truth": truths = Next(); break;
        case "--cache": cache = Next(); break;
        case "--only": only = Next().Split(','); break;
        case "--without": without = Next().Split(','); break;
        case "--modules": modules = int.Parse(Next(), CultureInfo.InvariantCulture); break;
        case "--types": types = int.Parse(Next(), CultureInfo.InvariantCulture); break;
        case "--baselines": baselines = true; break;
        case "--leave-one-out": loo = true; break;
        case "--anonymous": anonymous = true; break;
        case "--sighted": sighted = true; break;
        case "--verbose": verbose = true; break;
        default: paths.Add((word, Next())); break;
    }
}

if (verb == "planted")
{
    PlantedCurve.Print(modules, types);
    return 0;
}

if (verb is not ("score" or "fit" or "stability"))
{
    Console.WriteLine("""
        decomposition score [--systems DIR] [--truth DIR] [--only A,B] [--without A,B] [FOLDER TRUTH]… [--cache DIR] [--baselines] [--leave-one-out] [--anonymous | --sighted]
        decomposition fit   [--systems DIR] …
        decomposition stability [--systems DIR] …
        decomposition planted [--modules N] [--types N]
        """);
    return 2;
}

if (systems is not null)
{
    paths.AddRange(from truth in Directory.GetFiles(truths, "*.truth").Order(StringComparer.Ordinal)
                   let folder = Path.Combine(systems, Path.GetFileNameWithoutExtension(truth))
                   where Directory.Exists(folder)
                   select (folder, truth));
}

foreach (var (folder, truth) in paths)
{
    if (!Directory.Exists(folder) || !File.Exists(truth))
    {
        Console.Error.WriteLine($"'{folder}' must be a folder of source, and '{truth}' a truth file; {(Directory.Exists(folder) ? "the file" : "the folder")} is not there.");
        return 2;
    }
}

var subjects = paths
    .Where(p => only.Length == 0 || only.Contains(Path.GetFileName(p.Folder)))
    .Where(p => !without.Contains(Path.GetFileName(p.Folder)))
    .Select(p => Subject.Read(p.Folder, p.Truth, cache))
    .Where(s => s.Truth.Modules.Length > 1)
    .ToArray();

if (verb == "stability")
{
    Stability.Print(subjects);
    return 0;
}

if (verb == "fit" || loo)
{
    var examples = subjects.Select(Fit.Examples).ToArray();
    if (verb == "fit")
    {
        var weights = Fit.Weights([.. examples.SelectMany(e => e)]);
        Console.WriteLine(Fit.Say(weights));
        for (var i = 0; i < weights.Length; i++)
        {
            Console.WriteLine($"  {SharedFeatures.Names[i],-45} {weights[i],6:F2}");
        }

        return 0;
    }

    Table.Print(subjects, baselines, anonymous, sighted, verbose, i => Fit.Weights([.. examples.Where((_, j) => j != i).SelectMany(e => e)]));
    return 0;
}

Table.Print(subjects, baselines, anonymous, sighted, verbose, null);
return 0;

string Next()
{
    if (!words.TryDequeue(out var next))
    {
        Console.Error.WriteLine("The last word wants another behind it: an option its value, a folder its truth file.");
        Environment.Exit(2);
    }

    return next;
}
