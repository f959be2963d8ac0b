using System.Buffers.Text;
using System.Text;

namespace Shop.Catalog.Products;

/// <summary>Where a list goes on, as text that clients keep and do not read.</summary>
internal static class Cursor
{
    public static string After(Product last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last.Id));

    /// <param name="cursor">What the client sent; null or empty for the beginning.</param>
    /// <param name="after">The last id of the page before; empty for the beginning.</param>
    public static bool TryRead(string? cursor, out string after)
    {
        after = "";
        if (string.IsNullOrEmpty(cursor))
            return true;
        if (cursor.Length > 64 || !Base64Url.IsValid(cursor))
            return false;
        after = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return after.StartsWith("p-", StringComparison.Ordinal);
    }
}
