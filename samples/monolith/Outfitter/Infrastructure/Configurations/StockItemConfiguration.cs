using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Outfitter.Entities;

namespace Outfitter.Infrastructure.Configurations;

public sealed class StockItemConfiguration : IEntityTypeConfiguration<StockItem>
{
    public void Configure(EntityTypeBuilder<StockItem> builder)
    {
        builder.HasIndex(s => new { s.ProductId, s.WarehouseId }).IsUnique();
        builder.ToTable(table => table.HasCheckConstraint("ck_stock_items_not_negative", "on_hand >= 0 AND reserved >= 0 AND reserved <= on_hand"));
    }
}
