using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Outfitter.Entities;

namespace Outfitter.Infrastructure.Configurations;

public sealed class OrderConfiguration : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.ToTable("orders");
        builder.HasIndex(o => o.Number).IsUnique();
        builder.HasIndex(o => o.BasketToken).IsUnique();
        builder.HasIndex(o => new { o.CustomerId, o.PlacedAt });
        builder.HasOne(o => o.Customer).WithMany(c => c.Orders).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.Payments).WithOne(p => p.Order).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.Shipments).WithOne(s => s.Order).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(o => o.Returns).WithOne(r => r.Order).OnDelete(DeleteBehavior.Restrict);
    }
}
