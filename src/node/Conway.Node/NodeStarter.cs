using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Conway.Builds;
using Conway.Findings;
using Conway.Lowering;
using Conway.Model;
using Conway.Supervision;
using Conway.Testing;
using Conway.Traffic;

namespace Conway.Node;

/// <summary>The parts of a node, each started.</summary>
internal sealed record NodeParts(
    NodeOptions Options, FolderLock Lock, PortLedger Ports, Keeper Keeper, HealthProbe Probe, EventHub Events,
    Platform Platform, RunDatabases Databases, Fleet Fleet, Reconciliation Reconciliation, ModelInUse Model, JourneyRunner Journeys, CancellationTokenSource Ending);

/// <summary>Everything up to the moment a node exists: read, refuse, lock, clear up, plan, start the engines.</summary>
internal static class NodeStarter
{
    /// <summary>How often the engines are tried with other ports, when one was taken since it was looked at.</summary>
    private const int RoundsMax = 3;

    /// <summary>With less, a run would come up by halves: some state file made and another not. What services and telemetry need comes on top.</summary>
    private const long RoomMin = 1 << 20;

    public static (RunPlan? Plan, IReadOnlyList<Finding> Findings) PlanOnly(NodeOptions options)
    {
        var loaded = LoadedModel.Load(options);
        if (loaded.IsBroken)
        {
            return (null, loaded.Findings);
        }

        var (plan, findings) = Lower(loaded, options, "r-00000000-000000-0000", new PortLedger(options.StateFolder), new Dictionary<string, int>(), keep: false);
        return (plan, loaded.Map.Place(loaded.Findings.Concat(findings)));
    }

    public static async Task<NodeStart> StartAsync(NodeOptions options, Func<NodeParts, NodeHost> make, CancellationToken cancel)
    {
        var loaded = LoadedModel.Load(options);
        if (loaded.IsBroken)
        {
            return Refused(RefusalKind.ModelInvalid, "The model has errors.", "Mend what is listed, then run again.", loaded.Findings);
        }

        if (options.Only.FirstOrDefault(o => !loaded.Model.Services.ContainsKey(o)) is { } unknown)
        {
            var meant = DidYouMean.Closest(unknown, loaded.Model.Services.Keys);
            return Refused(RefusalKind.CannotStart, $"There is no service '{unknown}'.", meant is null ? $"Services are: {string.Join(", ", loaded.Model.Services.Keys)}." : $"Did you mean '{meant}'?", []);
        }

        if (options.PostgresPrograms is null && StoreFindings.Of(loaded.Narrowed(options.Only), hasPostgres: false).Where(StoreFindings.Forbids).ToArray() is { Length: > 0 } missing)
        {
            return Refused(RefusalKind.PrerequisiteMissing, "There is no PostgreSQL server on this machine, and the model has stores in one.", $"Install it with '{StoreFindings.Install}'; its own service may stay off.", loaded.Map.Place(missing));
        }

        FolderLock? folderLock = null;
        try
        {
            Directory.CreateDirectory(options.StateFolder);
            if (RoomIn(options.StateFolder) is { } room and < RoomMin)
            {
                return Refused(
                    RefusalKind.CannotStart, $"The disk of '{options.StateFolder}' is full: {room >> 10} KiB are left.",
                    $"Conway keeps stores, registry, logs and ports of the run there. Free at least {RoomMin >> 20} MiB and run again; nothing there was touched.", []);
            }

            Prepare(options.StateFolder);
            folderLock = FolderLock.TryTake(options.StateFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refused(RefusalKind.CannotStart, $"'{options.StateFolder}' cannot be written: {e.Message}", "Conway keeps stores, logs and ports of the run there. Make the folder writable, or free some space.", []);
        }

        if (folderLock is null)
        {
            return new NodeStart(null, AlreadyRunning(NodeFile.Read(options.StateFolder)));
        }

        try
        {
            return new NodeStart(make(await StartAsync_Locked(options, loaded, folderLock, cancel).ConfigureAwait(false)), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or Conway.Registry.RegistryStateException)
        {
            folderLock.Dispose();
            return Refused(RefusalKind.CannotStart, e.Message, "conway doctor looks for the usual causes.", []);
        }
        catch
        {
            folderLock.Dispose(); // cancelled, or our own fault
            throw;
        }
    }

    /// <summary>See <see cref="NodeHost.AlreadyRunning"/>.</summary>
    public static Refusal? AlreadyRunning(string stateFolder)
    {
        using var free = Directory.Exists(stateFolder) ? FolderLock.TryTake(stateFolder) : null;
        return free is null && Directory.Exists(stateFolder) ? AlreadyRunning(NodeFile.Read(stateFolder)) : null;
    }

    private static Refusal AlreadyRunning(NodeFile? running)
    {
        var which = running is null ? "" : running.Url.Length == 0 ? $" (process {running.Pid})" : $" (process {running.Pid}, {running.Url})";
        return new Refusal(RefusalKind.AlreadyRunning, $"A node already runs on this folder{which}.", "Use it (conway ps, conway open), end it (conway stop), or run another one beside it (conway run --isolated NAME).", []);
    }

    /// <summary>The plan of a model, with ports that are free or held by this very run.</summary>
    /// <param name="keep">Whether the plan is carried out, so that what it makes up has to be there again for the next one.</param>
    public static (RunPlan Plan, IReadOnlyList<Finding> Findings) Lower(
        LoadedModel loaded, NodeOptions options, string run, PortLedger ledger, IReadOnlyDictionary<string, int> current, bool keep = true)
    {
        var model = loaded.Narrowed(options.Only);
        var held = new Dictionary<string, int>(current, StringComparer.Ordinal);
        if (!held.ContainsKey(PortKeys.Gateway))
        {
            held[PortKeys.Gateway] = ledger.TakeFrom(PortKeys.Gateway, options.GatewayPort ?? model.Gateway.Port);
            held[PortKeys.Console] = ledger.TakeFrom(PortKeys.Console, options.ConsolePort);
        }

        var ports = ledger.Take(PortKeys.Of(model), held);
        var result = Lowerer.Lower(model, LoadedModel.Facts(model, options, run, ports, keep));
        return (result.Plan, loaded.Map.Place(result.Findings));
    }

    /// <summary>The ports a plan holds, by key.</summary>
    public static IReadOnlyDictionary<string, int> PortsOf(RunPlan plan, SystemModel model, NodeOptions options)
    {
        var ports = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            [PortKeys.Gateway] = plan.Platform.GatewayPort,
            [PortKeys.Console] = plan.Platform.ConsolePort,
            [PortKeys.Otlp] = plan.Platform.OtlpPort,
            [PortKeys.Registry] = plan.Platform.RegistryPort,
        };
        foreach (var service in plan.Services.Values)
        {
            foreach (var replica in service.Replicas)
            {
                ports[PortKeys.Replica(service.Name, replica.Number)] = replica.Port;
                ports[PortKeys.Spare(service.Name, replica.Number)] = replica.SparePort;
            }
        }

        if (plan.Postgres is { } postgres)
        {
            ports[PortKeys.Postgres] = postgres.Port;
        }

        foreach (var listener in plan.Listeners)
        {
            ports[PortKeys.Listener(listener.Caller, listener.Callee)] = listener.Port;
        }

        return ports;
    }

    private static async Task<NodeParts> StartAsync_Locked(NodeOptions options, LoadedModel loaded, FolderLock folderLock, CancellationToken cancel)
    {
        // A node that was killed together with its keeper left processes behind; their run is named in the file it left, too.
        if (NodeFile.Read(options.StateFolder) is { } left)
        {
            await Keeper.SweepAsync(left.Run, options.Clock, cancel).ConfigureAwait(false);
            NodeFile.Delete(options.StateFolder);
        }

        var run = RunId.New(options.Clock);
        var events = new EventHub();
        Reconciliation? views = null;
        NodeParts? whole = null;
        Keeper? keeper = null;
        var databases = new RunDatabases(options, run, text => events.Publish(new NodeEvent.Notice(text)));
        Begun begun;
        try
        {
            // Written before the first process starts, so that whatever happens from here on can be cleared up by the next run.
            new NodeFile("", "", System.Environment.ProcessId, run, options.Clock.GetUtcNow()).Write(options.StateFolder);
            keeper = Keeper.Start(options.Program, run);
            begun = await BeginAsync(options, loaded, run, databases, Tell, Measures, cancel).ConfigureAwait(false);
        }
        catch
        {
            await databases.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
            if (keeper is not null)
            {
                await keeper.EndAsync(CancellationToken.None).ConfigureAwait(false);
                keeper.Dispose();
            }

            NodeFile.Delete(options.StateFolder);
            throw;
        }

        var (plan, findings, ledger, platform) = begun;
        new NodeFile(Platform.Url(plan.Platform.ConsolePort), "", System.Environment.ProcessId, run, options.Clock.GetUtcNow()).Write(options.StateFolder);
        var parts = Wire(options, loaded, findings, folderLock, ledger, plan, keeper, events, platform, databases);
        Volatile.Write(ref views, parts.Reconciliation);
        Volatile.Write(ref whole, parts);
        return parts;

        IReadOnlyList<Conway.Telemetry.Measure> Measures() => Volatile.Read(ref whole) is { } all ? NodeMeasures.Of(all, options.Clock.GetUtcNow()) : [];

        void Tell(TrafficEvent what)
        {
            events.Publish(new NodeEvent.Traffic(what));
            if (what.Kind is TrafficEventKind.Ejected or TrafficEventKind.Unejected)
            {
                Volatile.Read(ref views)?.Request(); // what is shown of the replica's service is another now
            }
        }
    }

    private sealed record Begun(RunPlan Plan, IReadOnlyList<Finding> Findings, PortLedger Ports, Platform Platform);

    /// <summary>Makes the plan and starts the engines. A port is looked at before it is used, so somebody may be faster: then it is begun anew with others.</summary>
    private static async Task<Begun> BeginAsync(
        NodeOptions options, LoadedModel loaded, string run, RunDatabases databases, Action<TrafficEvent> tell, Func<IReadOnlyList<Conway.Telemetry.Measure>> measures, CancellationToken cancel)
    {
        for (var round = 1; ; round++)
        {
            var ledger = new PortLedger(options.StateFolder);
            var (plan, findings) = Lower(loaded, options, run, ledger, new Dictionary<string, int>());
            var ports = PortsOf(plan, loaded.Model, options);
            ledger.Save(ports);
            options.PortsFound?.Invoke(ports);
            try
            {
                await databases.ApplyAsync(plan.Postgres, cancel).ConfigureAwait(false);
                return new Begun(plan, findings, ledger, await Platform.StartAsync(plan, options, tell, measures, cancel).ConfigureAwait(false));
            }
            catch (Exception e) when (e is IOException or InvalidOperationException)
            {
                await databases.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
                if (round == RoundsMax || PortLedger.AreFree(ports.Values))
                {
                    throw;
                }
            }
        }
    }

    private static NodeParts Wire(
        NodeOptions options, LoadedModel loaded, IReadOnlyList<Finding> findings, FolderLock folderLock, PortLedger ledger, RunPlan plan, Keeper keeper, EventHub events, Platform platform, RunDatabases databases)
    {
        var model = new ModelInUse(loaded, findings);
        var ending = new CancellationTokenSource();
        var probe = new HealthProbe(options.Clock);
        Fleet? fleet = null;
        var shown = new ShownServices(events);
        var reconciliation = new Reconciliation(async () =>
        {
            var units = fleet!.Units;
            Gates.Open(units, fleet.ByName);
            await platform.ApplyAsync(fleet.Plan, units, CancellationToken.None).ConfigureAwait(false);
            var all = fleet.ByName;
            var ejections = platform.Ejected(options.Clock.GetUtcNow());
            shown.Show([.. units.Select(u => ServiceViews.Of(u, model.Current.Model, fleet.Plan, Reachable.WaitingFor(u, all), ejections))]);
        });
        var output = new ServiceOutput(platform.Telemetry, options.Clock);
        var context = new SupervisionContext
        {
            Clock = options.Clock,
            Probe = probe,
            Changed = replica =>
            {
                if (replica.Pid is null)
                {
                    output.Ended(replica.Service, replica.Name);
                }

                reconciliation.Request();
            },
            Settled = reconciliation.SettledAsync,
            UnderWay = platform.UnderWay,
            Output = output.Take,
            Log = (replica, text) => events.Publish(new NodeEvent.Notice($"{replica.Name} {text}")),
        };
        fleet = new Fleet(plan, new Builder(Path.Combine(options.StateFolder, "build"), Path.Combine(NodeOptions.StateFolderOf(options.Folder, isolated: null), "build.lock"), plan.Run, options.Clock), context, options.Build, events.Publish, reconciliation.Request, ending.Token);
        var journeys = new JourneyRunner(new Uri(Platform.Url(plan.Platform.GatewayPort)), plan.Journeys, Seed(plan.Run), options.Clock);
        return new NodeParts(options, folderLock, ledger, keeper, probe, events, platform, databases, fleet, reconciliation, model, journeys, ending);
    }

    /// <summary>What a run draws by chance follows from its name, so that it can be drawn again.</summary>
    private static ulong Seed(string run) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(run)));

    private static void Prepare(string stateFolder)
    {
        Directory.CreateDirectory(Path.Combine(stateFolder, "stores"));
        var ignore = Path.Combine(stateFolder, ".gitignore");
        if (!File.Exists(ignore))
        {
            WholeFile.Write(ignore, stream => stream.Write("# What a run leaves behind; safe to delete while nothing runs.\n*\n"u8));
        }
    }

    /// <summary>Bytes that this user may still write there; null where nobody can tell.</summary>
    private static long? RoomIn(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static NodeStart Refused(RefusalKind kind, string message, string mend, IReadOnlyList<Finding> findings) =>
        new(null, new Refusal(kind, message, mend, findings));
}
