using System.ComponentModel.DataAnnotations.Schema;

namespace Outfitter.Entities;

/// <summary>What a carrier said about a parcel.</summary>
[Table("tracking_events")]
public class TrackingEvent : EntityBase
{
    public int ShipmentId { get; set; }

    public DateTime At { get; set; }

    public string Place { get; set; } = "";

    public string Text { get; set; } = "";
}
