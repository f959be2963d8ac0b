using System.ComponentModel.DataAnnotations.Schema;
using Outfitter.Common;

namespace Outfitter.Entities;

/// <summary>What was sold on a day by a door, written down at night.</summary>
[Table("daily_sales")]
public class DailySales : EntityBase
{
    public DateOnly Day { get; set; }

    public SalesChannel Channel { get; set; }

    public int Orders { get; set; }

    public int Pieces { get; set; }

    public Money Revenue { get; set; }

    public Money Discounts { get; set; }
}
