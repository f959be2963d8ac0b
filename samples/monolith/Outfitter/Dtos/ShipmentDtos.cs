using System.ComponentModel.DataAnnotations;
using Outfitter.Common;
using Outfitter.Entities;

namespace Outfitter.Dtos;

public sealed record ShippingOptionDto(string Carrier, string Name, Money Price, int Days);

public sealed record ShipmentDto(
    int Id, string Number, string Order, ShipmentStatus Status, string Carrier, string? TrackingCode, string? TrackingUrl, DateTime? DispatchedAt, DateTime? DeliveredAt, IReadOnlyList<string> Tracking);

/// <summary>What a carrier tells about a parcel.</summary>
public sealed record TrackingUpdateRequest([MaxLength(80)] string Place, [MinLength(1), MaxLength(200)] string Text, bool Delivered = false);
