namespace Conway.Cli;

/// <summary>The live picture of a run on a terminal: one line a service. Pure: state and time in, lines out.</summary>
public static class RunScreen
{
    private const int StateWidth = 9;
    private const int TimeWidth = 7;
    private const int NameMax = 24;

    /// <param name="state">What is known.</param>
    /// <param name="now">The time for "how long".</param>
    /// <param name="width">Columns; no line is longer.</param>
    /// <param name="height">Rows; when there are more services, those that need eyes come first.</param>
    /// <param name="ink">Colours, if any.</param>
    public static IReadOnlyList<string> Render(RunScreenState state, DateTimeOffset now, int width, int height, Ink ink)
    {
        var rows = Math.Max(1, height - 3);
        var shown = state.Services.Count <= rows
            ? state.Services
            : [.. state.Services.OrderBy(s => s.State is "healthy" or "stopped").Take(rows - 1)];
        var names = Math.Min(NameMax, state.Services.Select(s => TextColumns.Of(s.Name)).DefaultIfEmpty(0).Max());
        var lines = new List<string> { Head(state, now, width, ink) };
        lines.AddRange(shown.Select(service => Line(service, now, names, width, ink)));
        if (shown.Count < state.Services.Count)
        {
            lines.Add(ink.Dim(SafeText.Cut($"  and {state.Services.Count - shown.Count} more, {state.Healthy} healthy in all", width)));
        }

        return lines;
    }

    private static string Head(RunScreenState state, DateTimeOffset now, int width, Ink ink)
    {
        var text = SafeText.Cut($"{state.System}  {state.Healthy} of {state.Services.Count} healthy  {Spans.Short(now - state.StartedAt)}{(state.Doing is { } doing ? $"  {doing}" : "")}", width);
        return state.AllHealthy ? ink.Good(text) : ink.Strong(text);
    }

    private static string Line(RunService service, DateTimeOffset now, int names, int width, Ink ink)
    {
        var name = TextColumns.Pad(SafeText.Cut(service.Name, names), names);
        var state = SafeText.Cut(service.State, StateWidth).PadRight(StateWidth);
        var time = SafeText.Cut(Spans.Short(now - service.Since), TimeWidth).PadLeft(TimeWidth);
        var room = width - (2 + names + 2 + StateWidth + 2 + TimeWidth + 2);
        var note = room >= 8 ? SafeText.Cut(SafeText.OneLine(service.Note), room) : "";
        return $"  {name}  {PublicState.Paint(service.State, ink)(state)}  {ink.Dim(time)}  {(service.State == "healthy" ? ink.Dim(note) : note)}".TrimEnd();
    }
}
