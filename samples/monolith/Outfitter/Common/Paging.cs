using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace Outfitter.Common;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Page">From 1.</param>
public sealed record PageQuery([Range(1, 10_000)] int Page = 1, [Range(1, 100)] int PageSize = 20);

/// <summary>A part of a list, and how long the whole list is.</summary>
public sealed record PagedResult<T>(IReadOnlyList<T> Items, int Page, int PageSize, int Total)
{
    public PagedResult<TOther> Map<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], Page, PageSize, Total);
}

public static class PagingExtensions
{
    /// <summary>The query must be ordered, or pages overlap.</summary>
    public static async Task<PagedResult<T>> ToPageAsync<T>(this IQueryable<T> query, PageQuery page, CancellationToken ct)
    {
        var total = await query.CountAsync(ct);
        var items = await query.Skip((page.Page - 1) * page.PageSize).Take(page.PageSize).ToListAsync(ct);
        return new PagedResult<T>(items, page.Page, page.PageSize, total);
    }
}
