using Conway.Lowering;

namespace Conway.Builds;

/// <summary>Builds services: all of a start in one go, later what changed. Thread-safe; .NET builds are taken one at a time,
/// because projects share referenced projects and two compilers must not write the same file.</summary>
public sealed class Builder
{
    private readonly string _folder;
    private readonly BuildLedger _ledger;
    private readonly DotNetBuild _dotnet;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <param name="folder">Where the builder keeps its own files: <c>.conway/build</c>.</param>
    /// <param name="run">Id of the run; build servers carry it, so that they end with the run and are never the user's own.</param>
    public Builder(string folder, string run, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        _folder = folder;
        _ledger = new BuildLedger(Path.Combine(folder, "ledger.json"));
        _dotnet = new DotNetBuild(folder, run);
        _clock = clock;
    }

    /// <summary>What the service is made of.</summary>
    public static BuildInputs InputsOf(ServicePlan service) =>
        service.Build?.Project is { } project ? BuildInputs.OfProject(project, service.Watch) : BuildInputs.OfFolder(service.Directory, service.Watch);

    /// <summary>What the last builds made, whether or not something changed since.</summary>
    /// <param name="done">Called for every service; failed for those that were never built.</param>
    public void LastOutputs(IReadOnlyList<ServicePlan> services, Action<ServicePlan, BuildReport> done)
    {
        foreach (var service in services)
        {
            done(service, service.Build is null ? new BuildReport(true, true, TimeSpan.Zero, null, [])
                : _ledger.TryGetLast(Key(service), out var output) ? new BuildReport(true, true, TimeSpan.Zero, output, [])
                : new BuildReport(false, true, TimeSpan.Zero, null, [$"'{service.Name}' has never been built; leave out --no-build"]));
        }
    }

    /// <summary>Builds all of these that changed since they were built last.</summary>
    /// <param name="force">Whether to build what has not changed, too.</param>
    /// <param name="line">Each line a build writes, with the service's name when it is known.</param>
    /// <param name="done">Called for each service as soon as its own build is over; at once for those that had not changed.</param>
    public async Task BuildAsync(IReadOnlyList<ServicePlan> services, bool force, Action<string?, string> line, Action<ServicePlan, BuildReport> done, CancellationToken cancel)
    {
        var stale = new List<(ServicePlan Service, string Fingerprint)>();
        foreach (var service in services)
        {
            // Taken before the build: what changes while it runs is built next time.
            var fingerprint = service.Build is null ? "" : InputsOf(service).Fingerprint();
            if (service.Build is null)
            {
                done(service, new BuildReport(true, true, TimeSpan.Zero, null, []));
            }
            else if (!force && _ledger.TryGet(Key(service), fingerprint, out var output))
            {
                done(service, new BuildReport(true, true, TimeSpan.Zero, output, []));
            }
            else
            {
                stale.Add((service, fingerprint));
            }
        }

        await Task.WhenAll(stale.Where(s => s.Service.Build!.Command is not null).Select(s => BuildAsync_Command(s.Service, line, done, cancel))
            .Append(BuildAsync_Projects([.. stale.Where(s => s.Service.Build!.Project is not null)], line, done, cancel))).ConfigureAwait(false);
    }

    private async Task BuildAsync_Command(ServicePlan service, Action<string?, string> line, Action<ServicePlan, BuildReport> done, CancellationToken cancel)
    {
        var start = _clock.GetTimestamp();
        var lines = await CommandBuild.RunAsync(service.Build!.Command!, service.Directory, l => line(service.Name, l), cancel).ConfigureAwait(false);
        if (lines is null)
        {
            // Its own output (a lock file, say) may count as input: take the state after it.
            _ledger.Set(Key(service), InputsOf(service).Fingerprint(), null);
        }

        done(service, new BuildReport(lines is null, false, _clock.GetElapsedTime(start), null, lines ?? []));
    }

    private async Task BuildAsync_Projects(
        IReadOnlyList<(ServicePlan Service, string Fingerprint)> stale, Action<string?, string> line, Action<ServicePlan, BuildReport> done, CancellationToken cancel)
    {
        if (stale.Count == 0)
        {
            return;
        }

        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var start = _clock.GetTimestamp();
            var restore = stale.Any(s => !IsOnlyCode(s.Service));
            var projects = stale.Select(s => s.Service.Build!.Project!).ToArray();
            var result = await _dotnet.RunAsync(projects, restore, line, cancel).ConfigureAwait(false);
            var took = _clock.GetElapsedTime(start);
            foreach (var (service, fingerprint) in stale)
            {
                var project = service.Build!.Project!;
                var output = result.Outputs.GetValueOrDefault(project);
                if (output is not null)
                {
                    _ledger.Set(Key(service), fingerprint, output);
                    _restoredAt[project] = NewestProjectFile(project);
                }

                done(service, new BuildReport(output is not null, false, took, output, output is not null ? [] : result.ErrorsOf(project)));
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Keeps MSBuild and the compiler at working heat until cancelled, so that the first saved change is built as fast as the tenth:
    /// a cold compiler takes seconds to get going, and it ends by itself after ten idle minutes.</summary>
    public async Task KeepWarmAsync(CancellationToken cancel)
    {
        var warm = Path.Combine(_folder, "warm");
        var project = Path.Combine(warm, "Warm.csproj");
        for (var round = 0; ; round++)
        {
            try
            {
                Directory.CreateDirectory(warm);
                await File.WriteAllTextAsync(project, "<Project Sdk=\"Microsoft.NET.Sdk.Web\"><PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>\n", cancel).ConfigureAwait(false);
                await File.WriteAllTextAsync(Path.Combine(warm, "Warm.cs"), $"System.Console.WriteLine({round});\n", cancel).ConfigureAwait(false);
                await _one.WaitAsync(cancel).ConfigureAwait(false);
                try
                {
                    await _dotnet.WarmUpAsync(project, cancel).ConfigureAwait(false);
                }
                finally
                {
                    _one.Release();
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return; // no room on the disk: builds will be slower, that is all
            }

            await Task.Delay(TimeSpan.FromMinutes(8), _clock, cancel).ConfigureAwait(false);
        }
    }

    private readonly Dictionary<string, DateTime> _restoredAt = new(StringComparer.Ordinal);

    /// <summary>Whether no project file changed since this builder restored it, so that packages need not be restored again.</summary>
    private bool IsOnlyCode(ServicePlan service) =>
        service.Build!.Project is { } project && _restoredAt.TryGetValue(project, out var at) && NewestProjectFile(project) <= at;

    private static DateTime NewestProjectFile(string project) => ProjectFile.Closure(project).Max(File.GetLastWriteTimeUtc);

    private static string Key(ServicePlan service) => service.Build!.Project ?? $"{service.Directory}: {service.Build.Command}";
}
