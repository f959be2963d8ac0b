using System.Diagnostics.CodeAnalysis;
using Conway.Lowering;

namespace Conway.Builds;

/// <summary>Builds services: all of a start in one go, later what changed. Thread-safe; .NET builds are taken one at a time,
/// because projects share referenced projects and two compilers must not write the same file.</summary>
public sealed class Builder
{
    private readonly string _folder;
    private readonly string _turn;
    private readonly BuildLedger _ledger;
    private readonly FileDigests _digests = new();
    private readonly DotNetBuild _dotnet;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <param name="folder">Where the builder keeps its own files: <c>.conway/build</c>.</param>
    /// <param name="turn">Absolute path of the file by which several runs on the same sources take turns: <c>.conway/build.lock</c>.</param>
    /// <param name="run">Id of the run; build servers carry it, so that they end with the run and are never the user's own.</param>
    public Builder(string folder, string turn, string run, TimeProvider clock)
    {
        Directory.CreateDirectory(folder);
        _turn = turn;
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
            if (service.Build is null)
            {
                done(service, BuildReport.NothingToDo(null, Look(InputsOf(service))));
            }
            else if (_ledger.TryGetLast(Key(service), out var last))
            {
                // Its code may be another by now; what it reads itself is what lies there now.
                done(service, BuildReport.NothingToDo(last.Output, last.Makeup with { Code = null, Rest = Look(InputsOf(service)).Rest }));
            }
            else
            {
                done(service, new BuildReport(false, true, TimeSpan.Zero, null, [$"'{service.Name}' has never been built; leave out --no-build"], Makeup.Unknown));
            }
        }
    }

    /// <summary>What these files hold now; unknown when one was written meanwhile.</summary>
    public Makeup Look(BuildInputs inputs)
    {
        var fingerprint = inputs.Fingerprint();
        var contents = inputs.Contents(_digests);
        return fingerprint == inputs.Fingerprint() ? contents : Makeup.Unknown;
    }

    /// <summary>Builds all of these that changed since they were built last.</summary>
    /// <param name="force">Whether to build what has not changed, too.</param>
    /// <param name="begun">Called for each service that has to be built, before its build.</param>
    /// <param name="line">Each line a build writes, with the service's name when it is known.</param>
    /// <param name="done">Called for each service as soon as its own build is over; at once for those that had not changed.</param>
    public async Task BuildAsync(
        IReadOnlyList<ServicePlan> services, bool force, Action<ServicePlan> begun, Action<string?, string> line, Action<ServicePlan, BuildReport> done, CancellationToken cancel)
    {
        var stale = new List<Stale>();
        foreach (var service in services)
        {
            if (service.Build is null)
            {
                done(service, BuildReport.NothingToDo(null, Look(InputsOf(service))));
            }
            else if (IsStale(service, force, out var why, out var built))
            {
                begun(service);
                stale.Add(why);
            }
            else
            {
                done(service, BuildReport.NothingToDo(built.Output, built.Makeup));
            }
        }

        if (stale.Count == 0)
        {
            return;
        }

        using var turn = await BuildTurn.TakeAsync(_turn, _clock, cancel).ConfigureAwait(false);
        await Task.WhenAll(stale.Where(s => s.Service.Build!.Command is not null).Select(s => BuildAsync_Command(s.Service, line, done, cancel))
            .Append(BuildAsync_Projects([.. stale.Where(s => s.Service.Build!.Project is not null)], line, done, cancel))).ConfigureAwait(false);
    }

    /// <summary>A service to build, and its inputs before that: what changes while the build runs is built next time.</summary>
    private sealed record Stale(ServicePlan Service, BuildInputs Inputs, InputPrints Prints, Makeup Contents, BuildScope Scope);

    private bool IsStale(ServicePlan service, bool force, [NotNullWhen(true)] out Stale? stale, [NotNullWhen(false)] out BuildLedger.Entry? built)
    {
        var inputs = InputsOf(service);
        var prints = inputs.Prints();
        stale = null;
        if (!force && _ledger.TryGet(Key(service), prints.All, out built))
        {
            return false;
        }

        // Something was written; it may still be what was there before.
        var contents = inputs.Contents(_digests);
        if (!force && _ledger.TryGet(Key(service), contents, out built))
        {
            _ledger.Set(Key(service), built.With(prints));
            return false;
        }

        var scope = !force && _ledger.TryGetLast(Key(service), out var last) ? last.ScopeFor(prints) : BuildScope.RestoreAndBuild;
        if (scope == BuildScope.OwnCode && service.Build!.Project is { } project && ProjectFile.Closure(project).Skip(1).Any(ProjectFile.ReadsElsewhere))
        {
            scope = BuildScope.Build;
        }

        stale = new Stale(service, inputs, prints, contents, scope);
        built = null;
        return true;
    }

    private async Task BuildAsync_Command(ServicePlan service, Action<string?, string> line, Action<ServicePlan, BuildReport> done, CancellationToken cancel)
    {
        var start = _clock.GetTimestamp();
        _ledger.Begin(Key(service), BuildScope.RestoreAndBuild);
        var lines = await CommandBuild.RunAsync(service.Build!.Command!, service.Directory, l => line(service.Name, l), cancel).ConfigureAwait(false);
        var makeup = Makeup.Unknown;
        if (lines is null)
        {
            // Its own output (a lock file, say) may count as input: take the state after it.
            var inputs = InputsOf(service);
            var prints = inputs.Prints();
            makeup = Look(inputs);
            _ledger.Set(Key(service), BuildLedger.Entry.Of(prints, null, makeup));
        }

        done(service, new BuildReport(lines is null, false, _clock.GetElapsedTime(start), null, lines ?? [], makeup));
    }

    private async Task BuildAsync_Projects(IReadOnlyList<Stale> stale, Action<string?, string> line, Action<ServicePlan, BuildReport> done, CancellationToken cancel)
    {
        if (stale.Count == 0)
        {
            return;
        }

        await _one.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var start = _clock.GetTimestamp();
            var projects = stale.Select(s => s.Service.Build!.Project!).ToArray();
            var scope = stale.Max(s => s.Scope);
            foreach (var one in stale)
            {
                _ledger.Begin(Key(one.Service), scope);
            }

            var result = await _dotnet.RunAsync(projects, scope, line, cancel).ConfigureAwait(false);
            var took = _clock.GetElapsedTime(start);
            foreach (var (service, inputs, prints, contents, _) in stale)
            {
                var project = service.Build!.Project!;
                if (result.Outputs.GetValueOrDefault(project) is not { } output)
                {
                    if (result.FailedInCodeOf(project))
                    {
                        _ledger.Prepared(Key(service), prints);
                    }

                    done(service, new BuildReport(false, false, took, null, result.ErrorsOf(project), Makeup.Unknown));
                    continue;
                }

                var makeup = inputs.Fingerprint() == prints.All ? contents with { Output = BuildInputs.OutputOf(output, _digests) } : Makeup.Unknown;
                _ledger.Set(Key(service), BuildLedger.Entry.Of(prints, output, makeup));
                done(service, new BuildReport(true, false, took, output, [], makeup));
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

    private static string Key(ServicePlan service) => service.Build!.Project ?? $"{service.Directory}: {service.Build.Command}";
}
