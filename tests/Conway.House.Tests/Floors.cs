namespace Conway.House;

/// <summary>Which floor may know which, and the sentences that are said when somebody does not keep to it. Values in, values out.</summary>
internal static class Floors
{
    /// <summary>From the roof down: the order of the picture.</summary>
    public static readonly string[] FromAbove = ["faces", "node", "thinkers", "readers", "engines", "services", "ground"];

    private static readonly Dictionary<string, string[]> Knows = new()
    {
        ["faces"] = ["faces", "node", "thinkers", "readers", "engines", "ground"],
        ["node"] = ["node", "thinkers", "readers", "engines", "ground"],
        ["thinkers"] = ["readers", "ground"],
        ["readers"] = ["ground"],
        ["engines"] = ["ground"],
        ["services"] = ["services", "ground"],
        ["ground"] = ["ground"],
    };

    /// <summary>Reads <c>Room: Allowed Allowed</c>, a line each; <c>#</c> begins a comment. Of a room that is listed twice, the last line counts.</summary>
    public static Dictionary<string, string[]> Parse(string text) =>
        Lines(text).GroupBy(line => line.Room).ToDictionary(same => same.Key, same => same.Last().Allowed);

    public static IEnumerable<string> ListedTwice(string text) =>
        from line in Lines(text)
        group line by line.Room into same
        where same.Count() > 1
        select $"eng/floors.txt: '{same.Key}' has {same.Count()} lines. Keep one, under its floor.";

    private static IEnumerable<(string Room, string[] Allowed)> Lines(string text) =>
        from line in text.Split('\n')
        let rule = line.Split('#')[0].Trim()
        where rule.Length > 0
        let parts = rule.Split(':', 2)
        select (parts[0].Trim(), parts.Length < 2 ? [] : parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Arrows that the list does not allow. <paramref name="where"/> is the place to mend: a project file, or the assembly.</summary>
    public static IEnumerable<string> NotListed(IReadOnlyDictionary<string, string[]> list, string room, string floor, IEnumerable<string> references, string where)
    {
        if (!list.TryGetValue(room, out var allowed))
        {
            yield return $"""
                {where}: '{room}' has no line in eng/floors.txt.
                    why   What a room may know is decided, not grown.
                    mend  Add '{room}: ' and the rooms it may know.
                """;
            yield break;
        }

        foreach (var reference in references.Where(r => r != room && !allowed.Contains(r)).Distinct())
        {
            yield return $"""
                {where}: '{room}' may not know '{reference}'.
                    why   eng/floors.txt allows {(allowed.Length == 0 ? "it nothing" : string.Join(", ", allowed))}. {Why(floor)}
                    mend  {Instead(floor)} If the arrow is right, add it to the list, in a change of its own that says why.
                """;
        }
    }

    /// <summary>Lines of the list that the floors themselves forbid.</summary>
    public static IEnumerable<string> AgainstTheFloors(IReadOnlyDictionary<string, string[]> list, IReadOnlyDictionary<string, string> floorOf)
    {
        foreach (var (room, allowed) in list)
        {
            if (!floorOf.TryGetValue(room, out var floor))
            {
                yield return $"""
                    eng/floors.txt: there is no room '{room}'.
                        why   A list that names what is not there is not read any more.
                        mend  Remove the line, or make src/FLOOR/Conway.{room}.
                    """;
                continue;
            }

            foreach (var known in allowed)
            {
                if (!floorOf.TryGetValue(known, out var below))
                {
                    yield return $"""
                        eng/floors.txt: '{room}' may know '{known}', which is not a room.
                            why   A list that names what is not there is not read any more.
                            mend  Remove the word, or make src/FLOOR/Conway.{known}.
                        """;
                }
                else if (!Knows[floor].Contains(below) || (known == "Model" && floor is "engines" or "services"))
                {
                    yield return $"""
                        eng/floors.txt: '{room}' ({floor}) may not know '{known}' ({below}).
                            why   {Why(floor)}
                            mend  {Instead(floor)}
                        """;
                }
            }
        }
    }

    /// <summary>The picture: floors from above, each room with what it may know.</summary>
    public static string Picture(IReadOnlyDictionary<string, string[]> list, IReadOnlyDictionary<string, string> floorOf)
    {
        var width = floorOf.Keys.Max(name => name.Length);
        var lines =
            from floor in FromAbove
            let rooms = floorOf.Where(r => r.Value == floor).Select(r => r.Key).Order(StringComparer.Ordinal).ToArray()
            where rooms.Length > 0
            from line in rooms.Select((room, i) =>
                $"{(i == 0 ? floor : ""),-9} {room.PadRight(width)}  {(list.TryGetValue(room, out var known) && known.Length > 0 ? "← " + string.Join(' ', known.Order(StringComparer.Ordinal)) : "")}".TrimEnd())
            select line;
        return string.Join('\n', lines);
    }

    private static string Why(string floor) => floor switch
    {
        "ground" => "The ground floor is words everybody shares; it can only stand on itself.",
        "services" => "Service libraries live in a team's own process; they know nothing of node, engines or model.",
        "engines" => "An engine knows neither the model nor another engine, so that each can be tested, replaced and moved alone.",
        "readers" => "A reader turns bytes into values; what the values mean is others' business.",
        "thinkers" => "A thinker takes values and gives values; it never calls another thinker, so that each answer has one place.",
        "node" => "The node is driven by faces, never the other way round.",
        _ => "Faces decide nothing; they are not built upon.",
    };

    private static string Instead(string floor) => floor switch
    {
        "ground" => "Move the shared word down, or pass a value of the ground floor.",
        "services" => "Take it from an environment variable or a standard protocol.",
        "engines" => "Let Lowering put what is needed into the engine's own table, or let Node pass a function in.",
        "readers" => "Return a value and let the node put the two together.",
        "thinkers" => "Take the other's result as an argument; the face or the node calls both.",
        _ => "Pass it in from above, as a value or a function.",
    };
}
