namespace Conway.CodeFacts;

public sealed class CodebaseTests
{
    private static readonly Codebase Two = new()
    {
        Name = "shop",
        Files = [new("src/Order.cs", 0, CodeFileKind.Source, 9), new("src/Place.cs", 0, CodeFileKind.Source, 5)],
        Types =
        [
            new() { Id = 0, FullName = "Shop.Order", Name = "Order", Namespace = "Shop", Kind = CodeTypeKind.Class, Project = 0, Place = new(0, 3), FirstMember = 0, MemberCount = 2 },
            new() { Id = 1, FullName = "Shop.Place", Name = "Place", Namespace = "Shop", Kind = CodeTypeKind.Class, Project = 0, Place = new(1, 1), FirstMember = 2, MemberCount = 1 },
        ],
        Members =
        [
            new() { Id = 0, Type = 0, Name = "Id", Kind = CodeMemberKind.Property, Place = new(0, 5) },
            new() { Id = 1, Type = 0, Name = "Total", Kind = CodeMemberKind.Property, Place = new(0, 6) },
            new() { Id = 2, Type = 1, Name = "Handle", Kind = CodeMemberKind.Method, Place = new(1, 4) },
        ],
    };

    [Fact]
    public void The_members_of_a_type_are_found_without_a_search()
    {
        Assert.Equal(["Id", "Total"], Two.MembersOf(Two.Types[0]).ToArray().Select(m => m.Name));
        Assert.Equal(["Handle"], Two.MembersOf(Two.Types[1]).ToArray().Select(m => m.Name));
    }

    [Fact]
    public void A_place_is_told_as_people_write_it() => Assert.Equal("src/Place.cs:4", Two.At(Two.Members[2].Place));

    [Fact]
    public void Places_are_in_the_order_of_reading() =>
        Assert.Equal([new(0, 9), new(1, 2), new(1, 10)], new CodePlace[] { new(1, 10), new(0, 9), new(1, 2) }.Order());

    [Fact]
    public void An_edge_is_inferred_when_no_occurrence_was_bound()
    {
        Assert.True(new TypeEdge(0, 1, EdgeKind.Call, 2, 2, []).IsInferred);
        Assert.False(new TypeEdge(0, 1, EdgeKind.Call, 2, 1, []).IsInferred);
    }

    [Fact]
    public void What_was_not_there_to_be_bound_lowers_no_share()
    {
        Assert.Equal(1, new Coverage().NamesShare);
        Assert.Equal(0.75, new Coverage { Names = 4, NamesBound = 3 }.NamesShare);
        Assert.Equal(0.5, new Coverage { Calls = 4, CallsBound = 2 }.CallsShare);
    }
}
