namespace Conway.House;

public sealed class FloorTests
{
    private static readonly Dictionary<string, string[]> List = Floors.Parse(Tree.Read("eng/floors.txt"));
    private static readonly Dictionary<string, string> FloorOf = Room.All.ToDictionary(r => r.Name, r => r.Floor);

    [Fact]
    public void Every_project_refers_only_to_rooms_it_may_know() =>
        Said.Nothing(Room.All.SelectMany(r => Floors.NotListed(List, r.Name, r.Floor, r.ProjectReferences, r.Project)));

    [Fact]
    public void Every_compiled_assembly_uses_only_rooms_it_may_know() =>
        Said.Nothing(Room.All.SelectMany(r => Floors.NotListed(List, r.Name, r.Floor, r.CompiledReferences(), $"{r.Folder} (compiled)")));

    [Fact]
    public void Every_room_was_compiled_before_the_house_is_judged() =>
        Said.Nothing(from room in Room.All
                     where Tree.WholeBuild && room.Assembly is null
                     select $"{room.Project}: not built in this configuration, so its assembly was not looked at. Is it in Conway.slnx?");

    [Fact]
    public void The_list_itself_keeps_to_the_floors() => Said.Nothing(Floors.AgainstTheFloors(List, FloorOf));

    [Fact]
    public void Every_room_has_one_line_in_the_list() => Said.Nothing(Floors.ListedTwice(Tree.Read("eng/floors.txt")));

    [Fact]
    public void A_room_with_two_lines_is_told() =>
        Assert.Equal(["eng/floors.txt: 'Mesh' has 2 lines. Keep one, under its floor."], Floors.ListedTwice("Mesh: Traffic\nGateway:\nMesh:\n"));

    [Fact]
    public void Every_room_stands_on_a_floor() =>
        Said.Nothing(from room in Room.All
                     where !Floors.FromAbove.Contains(room.Floor) || room.Folder != $"src/{room.Floor}/Conway.{room.Name}"
                     select $"{room.Project}: a room is src/FLOOR/Conway.ROOM/Conway.ROOM.csproj, with a floor of {string.Join(", ", Floors.FromAbove)}.");

    [Fact]
    public void The_architecture_page_shows_the_floors_as_they_are()
    {
        const string begin = "<!-- floors: drawn from eng/floors.txt; ./test --accept House redraws it -->\n```\n", end = "\n```\n";
        var page = Tree.Read("ARCHITECTURE.md");
        var from = page.IndexOf(begin, StringComparison.Ordinal);
        Assert.True(from >= 0, $"ARCHITECTURE.md has lost the mark that the picture of the floors stands under: {begin}");
        var to = page.IndexOf(end, from + begin.Length - 1, StringComparison.Ordinal);
        Tree.Matches("ARCHITECTURE.md", page[..(from + begin.Length)] + Floors.Picture(List, FloorOf) + page[to..]);
    }

    [Fact]
    public void An_arrow_that_is_not_listed_is_told_with_why_and_what_to_pass_instead() =>
        Assert.Equal(
            """
            src/engines/Conway.Gateway/Conway.Gateway.csproj: 'Gateway' may not know 'Registry'.
                why   eng/floors.txt allows Traffic. An engine knows neither the model nor another engine, so that each can be tested, replaced and moved alone.
                mend  Let Lowering put what is needed into the engine's own table, or let Node pass a function in. If the arrow is right, add it to the list, in a change of its own that says why.
            """,
            Assert.Single(Floors.NotListed(Floors.Parse("Gateway: Traffic"), "Gateway", "engines", ["Traffic", "Registry"], "src/engines/Conway.Gateway/Conway.Gateway.csproj")));

    [Theory]
    [InlineData("Gateway: Registry", "'Gateway' (engines) may not know 'Registry' (engines)")]
    [InlineData("Gateway: Model", "'Gateway' (engines) may not know 'Model' (ground)")]
    [InlineData("Model: Gateway", "'Model' (ground) may not know 'Gateway' (engines)")]
    [InlineData("Checks: Simulation", "'Checks' (thinkers) may not know 'Simulation' (thinkers)")]
    [InlineData("Checks: Gone", "'Checks' may know 'Gone', which is not a room")]
    [InlineData("Gone:", "there is no room 'Gone'")]
    public void A_list_that_breaks_the_floors_is_told(string list, string said) =>
        Assert.Contains(said, Assert.Single(Floors.AgainstTheFloors(Floors.Parse(list), new Dictionary<string, string>
        {
            ["Gateway"] = "engines",
            ["Registry"] = "engines",
            ["Model"] = "ground",
            ["Checks"] = "thinkers",
            ["Simulation"] = "thinkers",
        })));
}
