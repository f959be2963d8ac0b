namespace Conway.Cli;

/// <summary>Everything the doctor looks at, in order: the visible list.</summary>
internal static class DoctorCatalog
{
    public static IReadOnlyList<Func<DoctorSubject, CancellationToken, Task<DoctorFact?>>> All { get; } =
    [
        ToolFacts.DotNetAsync,
        ToolFacts.NodeAsync,
        static (subject, _) => Now(PortFacts.Gateway(subject)),
        static (subject, _) => Now(PortFacts.Console(subject)),
        static (subject, _) => Now(FolderFacts.StateFolder(subject)),
        static (subject, _) => Now(FolderFacts.Disk(subject)),
        static (subject, _) => Now(FolderFacts.LastRun(subject)),
        static (_, _) => Now(LimitFacts.Watches()),
        static (_, _) => Now(LimitFacts.OpenFiles()),
        static (subject, _) => Now(NetworkFacts.Proxy(subject)),
        static (subject, _) => Now(ClockFacts.Clock(subject)),
    ];

    /// <summary>All facts that apply; the slow ones, which ask a program, at the same time.</summary>
    public static async Task<IReadOnlyList<DoctorFact>> LookAsync(DoctorSubject subject, CancellationToken cancellationToken)
    {
        var facts = await Task.WhenAll(All.Select(look => look(subject, cancellationToken)));
        return [.. facts.Where(f => f is not null).Cast<DoctorFact>()];
    }

    private static Task<DoctorFact?> Now(DoctorFact? fact) => Task.FromResult(fact);
}
