using Conway.Diagrams.Layout;

namespace Conway.Diagrams.Tests;

/// <summary>What holds of every layout, whatever is drawn.</summary>
public sealed class LayoutTests
{
    private static readonly Func<Box, Size> Measured = box => new Size(60 + box.Name.Length * 9, 40 + box.Lines.Count * 15);

    public static TheoryData<string, int> Pictures
    {
        get
        {
            var data = new TheoryData<string, int>();
            for (var seed = 1; seed <= 12; seed++)
            {
                data.Add("large", seed);
            }

            data.Add("hard", 0);
            data.Add("shop", 0);
            data.Add("smallest", 0);
            return data;
        }
    }

    [Theory, MemberData(nameof(Pictures))]
    public void Boxes_stand_apart_and_in_their_frames_and_arrows_lead_from_border_to_border(string model, int seed)
    {
        foreach (var picture in DiagramCatalog.Every(model == "large" ? Some.Large(10 + seed * 7, seed) : Some.Named(model), null).OfType<Picture>())
        {
            var layout = PictureLayout.Of(picture, Measured);
            foreach (var group in picture.Boxes.Select(box => (box.Id, In: box.Frame)).Concat(picture.Frames.Select(frame => (frame.Id, In: frame.Parent))).GroupBy(one => one.In))
            {
                var areas = group.Select(one => layout.Areas[one.Id]).ToArray();
                for (var i = 0; i < areas.Length; i++)
                {
                    Assert.DoesNotContain(areas[(i + 1)..], other => other.Meets(areas[i]));
                    Assert.True(group.Key is null ? Holds(new Area(0, 0, layout.Size.Width, layout.Size.Height), areas[i]) : Holds(layout.Areas[group.Key], areas[i]), $"{picture.Key}: something sticks out of {group.Key ?? "the page"}");
                }
            }

            for (var i = 0; i < picture.Arrows.Count; i++)
            {
                Assert.True(OnBorder(layout.Areas[picture.Arrows[i].From], layout.Paths[i][0]) && OnBorder(layout.Areas[picture.Arrows[i].To], layout.Paths[i][^1]), $"{picture.Key}: {picture.Arrows[i]} ends in the air");
                Assert.All(layout.Paths[i], point => Assert.True(double.IsFinite(point.X) && double.IsFinite(point.Y)));
            }
        }
    }

    [Fact]
    public void Arrows_lead_to_the_right_where_there_is_no_circle()
    {
        Box[] boxes = [.. "abcd".Select(name => new Box(name.ToString(), name.ToString(), BoxKind.Service, "", [], null))];
        var layout = PictureLayout.Of(new Picture("x", "x", [], boxes, [new("a", "b", "", ArrowKind.Waits), new("b", "c", "", ArrowKind.Waits), new("a", "c", "", ArrowKind.Waits), new("d", "c", "", ArrowKind.Waits)]), Measured);
        Assert.All(layout.Paths, path => Assert.True(path[0].X < path[^1].X));

        // What nobody leads to stands beside what it leads to.
        Assert.Equal(layout.Areas["b"].X, layout.Areas["d"].X, 3);
    }

    [Fact]
    public void A_circle_is_opened_once_and_each_arrow_is_there()
    {
        Box[] boxes = [.. "abc".Select(name => new Box(name.ToString(), name.ToString(), BoxKind.Service, "", [], null))];
        var layout = PictureLayout.Of(new Picture("x", "x", [], boxes, [new("a", "b", "", ArrowKind.Waits), new("b", "c", "", ArrowKind.Waits), new("c", "a", "", ArrowKind.Waits)]), Measured);
        Assert.Equal(1, layout.Paths.Count(path => path[0].X > path[^1].X));
    }

    [Fact]
    public void An_arrow_passes_no_box_of_a_frame_that_it_leaves()
    {
        // first -> second within the frame, and first -> out beyond it.
        var picture = new Picture("x", "x", [new("f", "f", "", null)],
            [new("first", "first", BoxKind.Service, "", [], "f"), new("second", "second", BoxKind.Service, "", [], "f"), new("out", "out", BoxKind.Service, "", [], null)],
            [new("first", "second", "", ArrowKind.Waits), new("first", "out", "", ArrowKind.Waits)]);
        var layout = PictureLayout.Of(picture, Measured);
        var second = layout.Areas["second"];
        Assert.DoesNotContain(layout.Paths[1], point => point.X > second.X && point.X < second.Right && point.Y > second.Y && point.Y < second.Bottom);
        Assert.Contains(layout.Paths[1], point => point.X <= second.X && (point.Y < second.Y || point.Y > second.Bottom));
    }

    [Fact]
    public void Text_is_never_wider_than_told_and_no_word_of_a_label_that_fits_is_lost()
    {
        Assert.Equal(["one two", "three"], TextSize.Wrap("one two three", 10, TextSize.Width("one two", 10), 3));
        Assert.Equal(["one", "two…"], TextSize.Wrap("one two three", 10, 1, 2));
        Assert.Empty(TextSize.Wrap("  ", 10, 100, 2));
    }

    private static bool Holds(Area outer, Area inner) => inner.X >= outer.X - .01 && inner.Y >= outer.Y - .01 && inner.Right <= outer.Right + .01 && inner.Bottom <= outer.Bottom + .01;

    private static bool OnBorder(Area area, Point point) => (Math.Abs(point.X - area.X) < .01 || Math.Abs(point.X - area.Right) < .01) && point.Y >= area.Y && point.Y <= area.Bottom;
}
