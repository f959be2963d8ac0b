namespace Conway.Cli;

/// <summary>Long answers in pages: an assistant reads each whole, and asks for more only when it wants it.</summary>
internal static class McpPages
{
    /// <summary>Characters of a page; about four thousand tokens.</summary>
    public const int PageMax = 16_000;

    /// <summary>Pages end at the end of a line where there is one in their last half.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var pages = new List<string>();
        var at = 0;
        while (text.Length - at > PageMax)
        {
            var end = text.LastIndexOf('\n', at + PageMax - 1, PageMax / 2) + 1;
            if (end == 0)
            {
                // Never within a surrogate pair.
                end = char.IsHighSurrogate(text[at + PageMax - 1]) ? at + PageMax - 1 : at + PageMax;
            }

            pages.Add(text[at..end]);
            at = end;
        }

        pages.Add(text[at..]);
        return pages;
    }

    /// <summary>A page, and how to get the next.</summary>
    public static string Told(IReadOnlyList<string> pages, int page) => pages.Count == 1 ? pages[0]
        : $"{pages[page - 1].TrimEnd('\n')}\n\n(page {page} of {pages.Count}{(page < pages.Count ? $"; ask the same with page {page + 1} for the next" : "")})\n";
}
