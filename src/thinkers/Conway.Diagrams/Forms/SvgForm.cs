namespace Conway.Diagrams.Forms;

/// <summary>SVG 1.1 that needs nothing else: it follows the reader's dark or light page and can be searched and read aloud.</summary>
internal static class SvgForm
{
    public static string Write(Diagram diagram) => diagram.Match(SvgPicture.Write, SvgSequence.Write);
}
