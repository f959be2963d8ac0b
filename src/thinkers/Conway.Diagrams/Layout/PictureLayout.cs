using static Conway.Diagrams.Layout.Layered;

namespace Conway.Diagrams.Layout;

/// <summary>Where everything of a picture stands: each frame is laid out by itself, then stands as one box in the frame around it.</summary>
/// <remarks>An arrow that leaves a frame has a lane in it up to the border, so that it does not pass behind what else stands there.</remarks>
internal sealed class PictureLayout
{
    private const int Rounds = 3;
    private const double Gap = 34;
    private const double Side = 18;
    private const double Head = 34;
    private const double LabelWidth = 150;
    public const double LabelSize = 11;

    private readonly Picture _picture;
    private readonly Func<Box, Size> _measure;
    private readonly Dictionary<string, Area> _areas = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _parent = new(StringComparer.Ordinal);
    private readonly ILookup<string, Box> _boxesIn;
    private readonly ILookup<string, Frame> _framesIn;

    // Whether an arrow leads to the right, and its points in each frame: in that frame's own corner at first, on the page at the end.
    private readonly bool[] _rightward;
    private readonly Dictionary<string, Dictionary<int, IReadOnlyList<Point>>> _lanes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Size> _inner = new(StringComparer.Ordinal);

    // The page itself, which is in no frame.
    private const string Page = "";

    private PictureLayout(Picture picture, Func<Box, Size> measure)
    {
        (_picture, _measure) = (picture, measure);
        foreach (var frame in picture.Frames)
        {
            _parent[frame.Id] = frame.Parent;
        }

        foreach (var box in picture.Boxes)
        {
            _parent[box.Id] = box.Frame;
        }

        _boxesIn = picture.Boxes.ToLookup(box => box.Frame ?? Page, StringComparer.Ordinal);
        _framesIn = picture.Frames.ToLookup(frame => frame.Parent ?? Page, StringComparer.Ordinal);
        _rightward = new bool[picture.Arrows.Count];
    }

    /// <summary>Of all.</summary>
    public Size Size { get; private set; }

    /// <summary>Of each box and frame, by id.</summary>
    public IReadOnlyDictionary<string, Area> Areas => _areas;

    /// <summary>Of each arrow, in its order: where it begins, bends and ends.</summary>
    public IReadOnlyList<IReadOnlyList<Point>> Paths { get; private set; } = [];

    /// <param name="picture">What is drawn.</param>
    /// <param name="measure">How large a box is.</param>
    public static PictureLayout Of(Picture picture, Func<Box, Size> measure)
    {
        var layout = new PictureLayout(picture, measure);
        layout.Direct(Page);

        // The second time each frame knows where its arrows go on outside, and orders their lanes by it.
        for (var round = 0; round < Rounds; round++)
        {
            layout.Size = layout.Inside(Page);
            layout.Paths = Ports.Of(picture.Arrows, layout._areas, [.. picture.Arrows.Select((arrow, i) => layout.Bends(arrow, i))]);
        }

        return layout;
    }

    /// <summary>How a label is broken into lines.</summary>
    public static IReadOnlyList<string> Label(string text) => TextSize.Wrap(text, LabelSize, LabelWidth, 3);

    private string[] Children(string frame) => [.. _boxesIn[frame].Select(box => box.Id), .. _framesIn[frame].Select(inner => inner.Id)];

    /// <summary>What of a frame an end of an arrow stands in; null when it is outside.</summary>
    private string? ChildWith(string frame, string id)
    {
        for (string? at = id; at is not null; at = _parent[at])
        {
            if ((_parent[at] ?? Page) == frame)
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>Finds for each arrow whether it leads to the right, from the outside in: inside, its lane leads to that side.</summary>
    private void Direct(string frame)
    {
        var index = Children(frame).Select((id, at) => (id, at)).ToDictionary(one => one.id, one => one.at, StringComparer.Ordinal);
        var arrows = Within(frame).ToArray();
        var back = BackArrows(index.Count, [.. arrows.Select(one => (index[one.From], index[one.To]))]);
        for (var i = 0; i < arrows.Length; i++)
        {
            _rightward[arrows[i].Number] = !back[i];
        }

        foreach (var inner in _framesIn[frame])
        {
            Direct(inner.Id);
        }
    }

    /// <summary>Arrows between two different things of a frame.</summary>
    private IEnumerable<(int Number, string From, string To)> Within(string frame)
    {
        for (var number = 0; number < _picture.Arrows.Count; number++)
        {
            if (ChildWith(frame, _picture.Arrows[number].From) is { } from && ChildWith(frame, _picture.Arrows[number].To) is { } to && from != to)
            {
                yield return (number, from, to);
            }
        }
    }

    /// <summary>Arrows with one end in a frame and one outside.</summary>
    private IEnumerable<(int Number, string Inside, bool OnRight)> Leaving(string frame)
    {
        for (var number = 0; frame != Page && number < _picture.Arrows.Count; number++)
        {
            var (from, to) = (ChildWith(frame, _picture.Arrows[number].From), ChildWith(frame, _picture.Arrows[number].To));
            if (from is null != to is null)
            {
                yield return (number, from ?? to!, from is not null == _rightward[number]);
            }
        }
    }

    private Size Inside(string frame)
    {
        var sizes = _boxesIn[frame].Select(_measure).Concat(_framesIn[frame].Select(SizeOf)).ToArray();
        var ids = Children(frame);
        var index = ids.Select((id, at) => (id, at)).ToDictionary(one => one.id, one => one.at, StringComparer.Ordinal);
        var within = Within(frame).ToArray();
        var leaving = Leaving(frame).ToArray();
        var tied = within.SelectMany(one => new[] { index[one.From], index[one.To] }).Concat(leaving.Select(one => index[one.Inside])).ToHashSet();
        int[] placed = [.. Enumerable.Range(0, ids.Length).Where(tied.Contains)];
        int[] alone = [.. Enumerable.Range(0, ids.Length).Where(at => !tied.Contains(at))];
        var compact = placed.Select((at, i) => (at, i)).ToDictionary(one => one.at, one => one.i);

        // Places on the border come after the boxes.
        var main = Place(
            [.. placed.Select(at => sizes[at]), .. leaving.Select(_ => new Size(0, 6))],
            [
                .. within.Select(one => (compact[index[one.From]], compact[index[one.To]], LabelRoom(one.Number))),
                .. leaving.Select((one, i) => one.OnRight ? (compact[index[one.Inside]], placed.Length + i, 0.0) : (placed.Length + i, compact[index[one.Inside]], 0.0)),
            ],
            [.. placed.Select(_ => Rim.None), .. leaving.Select(one => one.OnRight ? Rim.Right : Rim.Left)],
            [.. placed.Select(_ => (double?)null), .. leaving.Select(one => Outside(one.Number, frame))], Gap);
        for (var i = 0; i < placed.Length; i++)
        {
            _areas[ids[placed[i]]] = main.Places[i];
        }

        var lanes = _lanes[frame] = [];
        for (var i = 0; i < within.Length; i++)
        {
            lanes[within[i].Number] = main.Bends[i];
        }

        for (var i = 0; i < leaving.Length; i++)
        {
            var rim = main.Places[placed.Length + i];
            var bends = main.Bends[within.Length + i];

            // Bends lead from left to right; an arrow to the left passes them the other way.
            IReadOnlyList<Point> points = leaving[i].OnRight ? [.. bends, new Point(main.Size.Width + Side, rim.MiddleY)] : [new Point(-Side, rim.MiddleY), .. bends];
            lanes[leaving[i].Number] = _rightward[leaving[i].Number] ? points : [.. points.Reverse()];
        }

        var rest = Rows.Place([.. alone.Select(at => sizes[at])], main.Size.Width, Gap);
        for (var i = 0; i < alone.Length; i++)
        {
            _areas[ids[alone[i]]] = rest.Places[i].Moved(0, placed.Length > 0 ? main.Size.Height + Gap : 0);
        }

        // What stands in a frame was placed from the frame's own corner.
        foreach (var inner in _framesIn[frame])
        {
            var area = _areas[inner.Id];
            Move(inner.Id, area.X + (area.Width - _inner[inner.Id].Width) / 2, area.Y + Head);
        }

        var height = main.Size.Height + (alone.Length > 0 ? rest.Size.Height + (placed.Length > 0 ? Gap : 0) : 0);
        return _inner[frame] = new Size(Math.Max(main.Size.Width, rest.Size.Width), height);
    }

    private Size SizeOf(Frame frame)
    {
        var inner = Inside(frame.Id);
        return new Size(Math.Max(TextSize.Width(frame.Name + frame.Says, 12, bold: true) + 50, inner.Width + Side * 2), inner.Height + Head + Side);
    }

    /// <summary>Where an arrow went on outside a frame in the round before; null in the first.</summary>
    private double? Outside(int number, string frame)
    {
        if (Paths.Count == 0)
        {
            return null;
        }

        // The first point, seen from inside, that is no longer within its borders.
        var area = _areas[frame];
        var starts = ChildWith(frame, _picture.Arrows[number].From) is not null;
        var path = Paths[number];
        var beyond = (starts ? path : path.Reverse()).Where(point => point.X < area.X - 1 || point.X > area.Right + 1).ToArray();
        return beyond.Length > 0 ? beyond[0].Y : _areas[starts ? _picture.Arrows[number].To : _picture.Arrows[number].From].MiddleY;
    }

    private double LabelRoom(int arrow) => Label(_picture.Arrows[arrow].Label).Select(line => TextSize.Width(line, LabelSize)).DefaultIfEmpty(0).Max();

    private void Move(string frame, double x, double y)
    {
        foreach (var id in Children(frame))
        {
            _areas[id] = _areas[id].Moved(x, y);
        }

        var lanes = _lanes[frame];
        foreach (var number in lanes.Keys)
        {
            lanes[number] = [.. lanes[number].Select(point => new Point(point.X + x, point.Y + y))];
        }

        foreach (var inner in _framesIn[frame])
        {
            Move(inner.Id, x, y);
        }
    }

    /// <summary>Points of an arrow in the frames that it leaves, where both ends meet, and in those that it enters.</summary>
    private IReadOnlyList<Point> Bends(Arrow arrow, int number)
    {
        IEnumerable<string> Around(string id)
        {
            for (var at = _parent[id]; at is not null; at = _parent[at])
            {
                yield return at;
            }

            yield return Page;
        }

        var (from, to) = (Around(arrow.From).ToArray(), Around(arrow.To).ToArray());
        var meeting = from.First(to.Contains);
        return [.. from.TakeWhile(frame => frame != meeting).Append(meeting).Concat(to.TakeWhile(frame => frame != meeting).Reverse()).SelectMany(frame => _lanes[frame][number])];
    }
}
