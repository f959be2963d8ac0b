namespace Conway.Cli;

/// <summary>The system's folder and its disk.</summary>
internal static class FolderFacts
{
    private const long FreeWanted = 1L << 30;
    private const long FreeNeeded = 100L << 20;

    public static DoctorFact? StateFolder(DoctorSubject subject)
    {
        if (subject.Location is not { } location)
        {
            return new DoctorFact("model", DoctorState.Odd, "no conway.yaml here or above", "'conway init' writes one.");
        }

        var probe = Path.Combine(location.StateFolder, $"doctor-{Environment.ProcessId}");
        try
        {
            Cli.StateFolder.Create(location);
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return DoctorFact.Good(".conway", "can be written to");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DoctorFact(".conway", DoctorState.Bad, $"cannot be written to: {e.Message.TrimEnd('.')}", $"Make {location.StateFolder} a folder that you may write to.");
        }
    }

    public static DoctorFact? Disk(DoctorSubject subject)
    {
        try
        {
            var free = new DriveInfo(subject.Location?.Folder ?? subject.Terminal.CurrentFolder).AvailableFreeSpace;
            var text = $"{free / (1 << 20):N0} MiB free";
            return free < FreeNeeded ? new DoctorFact("disk", DoctorState.Bad, text, "Make room: telemetry, stores and build outputs are written beside the model.")
                : free < FreeWanted ? new DoctorFact("disk", DoctorState.Odd, text, "Builds and telemetry soon need more; when it is full, telemetry stays in memory.")
                : DoctorFact.Good("disk", text);
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static DoctorFact? LastRun(DoctorSubject subject)
    {
        if (subject.Location is not { } location)
        {
            return null;
        }

        if (NodeFile.TryRead(location) is not { } node)
        {
            return DoctorFact.Good("run", "nothing runs here, and nothing was left over");
        }

        return node.ProcessLives()
            ? DoctorFact.Good("run", $"{node.Run} runs, process {node.Pid}, {node.Url}")
            : new DoctorFact("run", DoctorState.Odd, $"{node.Run} ended without saying so (process {node.Pid})", "Nothing has to be done: the next run takes its place.");
    }
}
