using Conway.Findings;
using static Conway.ManifestLint.Dockerfiles.Make;

namespace Conway.ManifestLint.Dockerfiles.Rules;

/// <summary>What is copied into an image, from where and whereto.</summary>
internal static class FileRules
{
    private static readonly string[] Archives = [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz", ".tar.xz", ".txz", ".tar.lz", ".tlz", ".tar.lzma", ".tar.zst", ".tzst", ".tz2", ".tb2", ".gz", ".bz2", ".xz", ".lz", ".lzma", ".Z", ".tZ", ".taz", ".tpz"];

    private static readonly HashSet<string> Unpackers = new(["unzip", "gunzip", "bunzip2", "unlzma", "unxz", "zcat", "gzcat", "uncompress"], StringComparer.Ordinal);

    public static IReadOnlyList<LintRule> All { get; } =
    [
        Rule("workdir-absolute", Severity.Error, "WORKDIR is an absolute path", "Where it leads depends on what stands before it, and on the base image.", "Write 'WORKDIR /app'.", "DL3000 CKV_DOCKER_10 BK:WorkdirRelativePath",
            static file => file.Of("WORKDIR").Where(w => w.Words.Count > 0 && !IsAbsolute(w.Words[0].Text)).Select(w => new DockerHit(w, w.Words[0].Place, $"WORKDIR {w.Words[0].Text} is relative", w.Words[0].Text))),
        Rule("add", Severity.Error, "COPY is used, and ADD only for archives and addresses", "ADD unpacks and loads what looks like it, whether that is meant or not.", "Write 'COPY' in place of 'ADD'.", "DL3020 CKV_DOCKER_4",
            static file => file.Of("ADD").Where(a => a.Words.SkipLast(1).Any(s => !IsArchive(s.Text) && !IsAddress(s.Text) && !IsHere(s.Text))).Select(a => new DockerHit(a, a.Head.Place, $"ADD takes {a.Words.First(s => !IsArchive(s.Text) && !IsAddress(s.Text)).Text}, which COPY does too", a.Arguments))),
        Rule("copy-folder", Severity.Error, "COPY of several ends in a folder with a slash", "The builder refuses it.", "Write 'COPY a b ./'.", "DL3021",
            static file => file.Of("COPY").Where(c => c.Words.Count > 2 && c.Words[^1].Text is { Length: > 0 } to && to[^1] is not ('/' or '\\')).Select(c => new DockerHit(c, c.Words[^1].Place, $"COPY puts several into {c.Words[^1].Text}, which does not end in a slash", c.Arguments))),
        Rule("copy-from-unknown", Severity.Warning, "COPY takes from a stage that stands before, or from an image with a version", "It takes from whatever image has that name.", "Name a stage that stands before, or an image with its version.", "DL3022",
            static file => from copy in file.Of("COPY")
                           where copy.Flag("from") is { Length: > 0 } stage && !stage.Contains(':', StringComparison.Ordinal) && !stage.Contains('$', StringComparison.Ordinal)
                               && file.StageOf(stage, copy.Stage + 1) is null && !(int.TryParse(stage, out var number) && number >= 0 && number <= copy.Stage)
                           select new DockerHit(copy, copy.Flags.First(f => f.Name == "from").Place, $"COPY takes from '{copy.Flag("from")}', which is no stage before it", copy.Arguments)),
        Rule("copy-from-self", Severity.Error, "COPY does not take from its own stage", "The builder refuses it.", "Name the stage that is meant, or use 'RUN cp'.", "DL3023",
            static file => from copy in file.Of("COPY")
                           where copy.Stage >= 0 && copy.Flag("from") is { Length: > 0 } stage && file.Stages[copy.Stage].Name is { } own && own.Equals(stage, StringComparison.OrdinalIgnoreCase)
                           select new DockerHit(copy, copy.Flags.First(f => f.Name == "from").Place, $"COPY takes from its own stage '{copy.Flag("from")}'", copy.Arguments)),
        Rule("copy-relative", Severity.Warning, "COPY to a relative place stands after a WORKDIR", "Where it goes is what the base image happens to say.", "Write 'WORKDIR /app' before it.", "DL3045",
            static file => from copy in file.Of("COPY")
                           where copy.Words.Count > 0 && copy.Words[^1].Text is var to && !IsAbsolute(to) && !HasFolder(copy, file)
                           select new DockerHit(copy, copy.Words[^1].Place, $"COPY puts to {copy.Words[^1].Text}, and no WORKDIR stands before it", copy.Arguments)),
        Rule("copy-all-of-stage", Severity.Warning, "No stage is copied as a whole", "All that was left out by a second stage is back: tools, caches, secrets.", "Copy the folder that is meant: 'COPY --from=build /out/ ./'.", "DL3067",
            static file => from copy in file.Of("COPY")
                           where copy.Flag("from") is not null && copy.Words.Count > 1 && copy.Words[^1].Text == "/" && copy.Words.SkipLast(1).Any(s => s.Text == "/")
                           select new DockerHit(copy, copy.Head.Place, $"COPY takes all of '{copy.Flag("from")}'", copy.Arguments)),
        Rule("copy-then-unpack", Severity.Info, "An archive is unpacked by ADD, not copied and unpacked", "The archive stays in its layer beside what was in it.", "Write 'ADD x.tar.gz /opt/', which unpacks it.", "DL3010",
            static file => from run in file.Of("RUN")
                           from command in run.Commands
                           where Unpackers.Contains(command.Name) || (command.Name == "tar" && (command.Has("--extract", 'x') || command.Has("--get") || (command.Words.Count > 1 && command.Words[1].Text is var first && !first.StartsWith('-') && first.Contains('x', StringComparison.Ordinal) && !first.Contains('.', StringComparison.Ordinal))))
                           from copy in file.Of("COPY").Where(c => c.Stage == run.Stage && c.Head.Place < run.Head.Place && c.Flag("from") is null && c.Words.Count > 1)
                           let names = IsArchive(copy.Words[^1].Text) ? copy.Words.TakeLast(1) : copy.Words.SkipLast(1)
                           let archive = names.Select(n => Base(n.Text)).FirstOrDefault(n => IsArchive(n) && command.Plain.Any(p => Base(p.Text) == n))
                           where archive is not null
                           select new DockerHit(copy, copy.Head.Place, $"COPY puts {archive} into a layer, and RUN unpacks it", archive)),
        Rule("restore-first", Severity.Info, "Packages are restored before the source is copied", "Each change of a source file restores all packages again.", "Copy only the project and lock files, restore, and copy the rest after it.", "",
            static file => from run in file.Of("RUN")
                           where !run.IsTrigger
                           let restore = run.Commands.FirstOrDefault(Restores)
                           where restore is not null && !file.Of("RUN").Any(r => r.Stage == run.Stage && r.Head.Place < run.Head.Place && r.Commands.Any(Restores))
                           let copy = file.Of("COPY", "ADD").FirstOrDefault(c => c.Stage == run.Stage && c.Head.Place < run.Head.Place && TakesAll(c))
                           where copy is not null
                           select new DockerHit(run, restore.Place, $"{restore.Name} {restore.Verb} stands after the COPY of everything in line {copy.Head.Place.Line}", restore.Name)),
        Rule("ignore-file", Severity.Warning, "A .dockerignore says what COPY of everything leaves out", "The history of the source, secrets and what was built here get into the image, and each of their changes builds it anew.", "Write a '.dockerignore' with '.git', 'bin', 'obj', 'node_modules', '.env'.", "",
            static file => file.IsContextGuarded != false ? [] : file.Of("COPY", "ADD").Where(TakesAll).Take(1).Select(c => new DockerHit(c, c.Head.Place, $"{c.Keyword} takes everything, and there is no .dockerignore"))),
    ];

    /// <summary>Whether a command gets the packages that files of the project name.</summary>
    public static bool Restores(ShellCommand c) => (c.Name, c.Verb) switch
    {
        ("dotnet", "restore") or ("npm", "ci") or ("pnpm", "install") or ("bundle", "install") or ("composer", "install") or ("poetry", "install") or ("uv", "sync") or ("bun", "install") => true,
        ("npm" or "yarn", "install" or "i") => c.Plain.Count() == 1 && !c.Has("--global", 'g'),
        ("yarn", null) => !c.Has("--version", 'v') && !c.Has("--help"),
        ("go", "mod") => c.Plain.Skip(1).FirstOrDefault()?.Text == "download",
        ("cargo", "fetch") or ("mvn", "dependency:go-offline" or "dependency:resolve") => true,
        ("pip" or "pip3", "install") => c.Has("--requirement", 'r'),
        _ => false,
    };

    private static bool TakesAll(Instruction copy) => copy.Flag("from") is null && copy.Words.Count > 1 && copy.Words.SkipLast(1).Any(w => w.Text is "." or "./" or "/" or "*" or "./*");

    private static bool HasFolder(Instruction copy, Dockerfile file) =>
        file.Of("WORKDIR").Any(w => w.Stage == copy.Stage && w.Head.Place < copy.Head.Place)
        || (copy.Stage >= 0 && file.LineOf(file.Stages[copy.Stage]).Skip(1).Any(s => s.Instructions.Any(i => i.Keyword == "WORKDIR")));

    private static bool IsAbsolute(string path) => path.Length == 0 || path[0] is '/' or '$' or '\\' || (path.Length > 1 && char.IsAsciiLetter(path[0]) && path[1] == ':');

    private static bool IsArchive(string path) => Archives.Any(a => path.EndsWith(a, StringComparison.Ordinal));

    private static bool IsAddress(string path) => path.Contains("://", StringComparison.Ordinal) || path.StartsWith("git@", StringComparison.Ordinal);

    private static bool IsHere(string word) => word.StartsWith("<<", StringComparison.Ordinal);

    private static string Base(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
}
