using System.ComponentModel.DataAnnotations;
using Outfitter.Entities;

namespace Outfitter.Dtos;

public sealed record StockLevelDto(string Warehouse, int OnHand, int Reserved, int Available);

/// <summary>What was counted differs from what we thought.</summary>
public sealed record AdjustStockRequest(string Warehouse, [Range(-100_000, 100_000)] int Difference, [MinLength(3), MaxLength(200)] string Reason);

public sealed record StockMovementDto(int Id, string Product, string Warehouse, MovementKind Kind, int Quantity, string Reason, DateTime At);
