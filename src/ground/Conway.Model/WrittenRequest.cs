namespace Conway.Model;

/// <summary>The request that a step of a journey makes, as it is written.</summary>
public static class WrittenRequest
{
    /// <summary>Method in capitals, and path with its captures; null for a step that only waits.</summary>
    public static (string Method, string Path)? Request(this Step step) => step switch
    {
        { Get: { } path } => ("GET", path),
        { Post: { } path } => ("POST", path),
        { Put: { } path } => ("PUT", path),
        { Patch: { } path } => ("PATCH", path),
        { Delete: { } path } => ("DELETE", path),
        _ => null,
    };
}
