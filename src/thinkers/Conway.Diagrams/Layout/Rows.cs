namespace Conway.Diagrams.Layout;

/// <summary>Places boxes that nothing ties together in rows, as words are placed in lines.</summary>
internal static class Rows
{
    internal sealed record Placed(IReadOnlyList<Area> Places, Size Size);

    /// <param name="sizes">Of each box.</param>
    /// <param name="width">How wide rows may be; wider when one box is, and when the page would get much higher than wide.</param>
    /// <param name="gap">Between boxes and rows.</param>
    public static Placed Place(IReadOnlyList<Size> sizes, double width, double gap)
    {
        var area = sizes.Sum(size => (size.Width + gap) * (size.Height + gap));
        var room = Math.Max(width, Math.Max(sizes.Select(size => size.Width).DefaultIfEmpty(0).Max(), Math.Sqrt(area * 1.6)));
        var places = new List<Area>();
        var (x, y, row, right) = (0.0, 0.0, 0.0, 0.0);
        foreach (var size in sizes)
        {
            if (x > 0 && x + size.Width > room)
            {
                (x, y, row) = (0, y + row + gap, 0);
            }

            places.Add(new Area(x, y, size.Width, size.Height));
            right = Math.Max(right, x + size.Width);
            x += size.Width + gap;
            row = Math.Max(row, size.Height);
        }

        return new Placed(places, new Size(right, y + row));
    }
}
