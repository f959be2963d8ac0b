namespace Conway.Forwarding;

/// <summary>The word for a request's method in observed traffic.</summary>
public static class ObservedOperation
{
    /// <summary>Every word that <see cref="Of"/> gives.</summary>
    public static IReadOnlyList<string> All { get; } = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "CONNECT", "_OTHER"];

    /// <summary>The method if it is one of RFC 9110 or PATCH, else <c>_OTHER</c>, so that clients can't invent operations without end.</summary>
    public static string Of(string method) => method switch
    {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "PATCH" => "PATCH",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        "CONNECT" => "CONNECT",
        _ => "_OTHER",
    };
}
