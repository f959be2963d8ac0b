namespace Conway.Diagrams.Layout;

/// <summary>A place, in pixels from the upper left.</summary>
internal readonly record struct Point(double X, double Y);

/// <summary>Width and height, in pixels.</summary>
internal readonly record struct Size(double Width, double Height);

/// <summary>A box on the page.</summary>
internal readonly record struct Area(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double MiddleX => X + Width / 2;

    public double MiddleY => Y + Height / 2;

    public bool Meets(Area other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;

    public Area Moved(double x, double y) => new(X + x, Y + y, Width, Height);
}
