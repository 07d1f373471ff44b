package ftrack

import "time"

// Impatient makes the client give a silent event hub up after so long.
func (c *Client) Impatient(silence time.Duration) { c.silence = silence }

// Topics are what a client subscribes to.
var Topics = topics
