using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Outfitter.Common;
using Outfitter.Entities;

namespace Outfitter.Infrastructure;

/// <summary>Writes down who changed what, in the same transaction as the change.</summary>
public sealed class AuditInterceptor(CurrentUser user, Clock clock) : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context)
        {
            var entries = from entry in context.ChangeTracker.Entries<IAudited>()
                          where entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted
                          select new AuditEntry
                          {
                              At = clock.Now,
                              Who = user.Name,
                              Entity = entry.Metadata.ClrType.Name,
                              Key = entry.Entity.AuditKey,
                              Action = entry.State.ToString(),
                          };
            context.AddRange(entries.ToList());
        }

        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }
}
