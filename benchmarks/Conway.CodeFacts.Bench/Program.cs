// How long does reading source take, how much memory, and how many of the entities and tables that a system really has are found?
// usage: dotnet run -c Release -- scale  FOLDER…          several folders are read as one codebase
//        dotnet run -c Release -- recall FOLDER [TRUTH]   truth: the snapshots of Entity Framework's migrations, else a file of truth/
//        dotnet run -c Release -- hash   FOLDER…          one line a folder; equal lines mean equal facts
using Conway.CodeFacts;
using Conway.CodeFacts.Bench;

switch (args)
{
    case ["scale", _, ..]:
        Scale.Run(new JoinedTree(args[1..]));
        return 0;
    case ["recall", var folder]:
        return Recall.Run(folder, null);
    case ["recall", var folder, var truth]:
        return Recall.Run(folder, truth);
    case ["hash", _, ..]:
        foreach (var folder in args[1..])
        {
            Console.WriteLine($"{FactsHash.Of(CodebaseReader.Read(new DiskSourceTree(folder), new CodebaseOptions(), null, CancellationToken.None), Environment.GetEnvironmentVariable("FACTS_DUMP"))}  {folder}");
        }

        return 0;
    default:
        Console.Error.WriteLine("usage: scale FOLDER… | recall FOLDER [TRUTH] | hash FOLDER…");
        return 2;
}
