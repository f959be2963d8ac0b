namespace Conway.Diagrams.Forms;

/// <summary>What stands at the head of a frame, the same in every form.</summary>
internal static class Headings
{
    public static string Of(Frame frame) => frame.Says.Length > 0 ? $"{frame.Name} ({frame.Says})" : frame.Name;
}
