using Microsoft.EntityFrameworkCore;
using Outfitter.Common;

namespace Outfitter.Infrastructure;

/// <remarks>One row a kind and year, raised in one statement: no number is given twice, and within a transaction none is lost.</remarks>
public sealed class NumberGenerator(ShopDbContext db, Clock clock)
{
    /// <param name="prefix">The kind: O for orders, S for shipments, I for invoices, R for returns, P for purchases.</param>
    public async Task<string> NextAsync(string prefix, CancellationToken ct)
    {
        var name = $"{prefix}-{clock.Now.Year}";
        var last = await db.Database
            .SqlQuery<int>(
                $"""
                INSERT INTO number_sequences (name, last) VALUES ({name}, 1)
                ON CONFLICT (name) DO UPDATE SET last = number_sequences.last + 1
                RETURNING last AS "Value"
                """)
            .ToListAsync(ct);
        return $"{name}-{last[0]:000000}";
    }
}
