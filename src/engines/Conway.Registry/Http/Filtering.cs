using Conway.Registry.Filters;

namespace Conway.Registry.Http;

/// <summary>Applies <c>?filter=</c> to a list of views.</summary>
internal static class Filtering
{
    public static Reply Apply<T>(Call call, IEnumerable<T> views, Func<List<T>, Reply> tell) =>
        TryCompile<T>(call, out var keep, out var refused) ? tell([.. views.Where(keep)]) : refused;

    public static bool TryCompile<T>(Call call, out Func<T, bool> keep, out Reply refused)
    {
        (keep, refused) = (static _ => true, Reply.Empty);
        var text = call.Param("filter");
        if (text.Length == 0) return true;
        var (compiled, fault) = Bexpr.Compile<T>(text);
        if (compiled is null) refused = Reply.Bad($"Failed to create boolean expression evaluator: {fault}");
        else keep = compiled;
        return compiled is not null;
    }
}
