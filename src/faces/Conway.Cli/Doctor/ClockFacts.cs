namespace Conway.Cli;

/// <summary>The time of day, as far as it can be doubted without asking anybody.</summary>
internal static class ClockFacts
{
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(2);

    /// <summary>Files from the future mean that the clock was set back: builds then miss changes, and traces of services look reversed.</summary>
    public static DoctorFact Clock(DoctorSubject subject)
    {
        var now = subject.Terminal.Time.GetUtcNow();
        var text = $"{now:yyyy-MM-dd HH:mm:ss} UTC";
        var newest = new[] { typeof(ClockFacts).Assembly.Location, subject.Location is { } l ? Path.Combine(l.Folder, l.File) : "" }
            .Where(File.Exists)
            .Select(f => (File: f, At: (DateTimeOffset)File.GetLastWriteTimeUtc(f)))
            .OrderByDescending(f => f.At)
            .FirstOrDefault();
        return newest.File is not null && newest.At > now + Slack
            ? new DoctorFact("clock", DoctorState.Odd, $"{text}, but {Path.GetFileName(newest.File)} is from {newest.At:yyyy-MM-dd HH:mm}", "Set the clock; builds and traces go by it.")
            : DoctorFact.Good("clock", text);
    }
}
