using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Outfitter.Entities;

namespace Outfitter.Infrastructure.Configurations;

public sealed class ProductConfiguration : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> builder)
    {
        builder.HasIndex(p => p.Sku).IsUnique();
        builder.HasIndex(p => p.Slug).IsUnique();
        builder.Property(p => p.Name).HasMaxLength(200);
        builder.HasOne(p => p.Category).WithMany(c => c.Products).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(p => p.Brand).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(p => p.Prices).WithOne(e => e.Product).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(p => p.StockItems).WithOne(s => s.Product).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(p => p.Reviews).WithOne(r => r.Product).OnDelete(DeleteBehavior.Restrict);
    }
}
